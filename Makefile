# Everything happens in .venv; nothing is installed outside it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lab lectures slides release clean

help:
	@echo "make demo      train on MNIST, grade a sample class, show both"
	@echo "make test      every test, notebooks included"
	@echo "make lab       open the course in JupyterLab"
	@echo "make lectures  run the lectures again and save their outputs"
	@echo "make slides    turn the lectures into slide decks, in slides/"
	@echo "make release   generate exercises/ from solutions/"
	@echo "make clean     remove .venv and everything the commands made"

demo: .venv/installed
	$(BIN)/course demo

test: .venv/installed-test
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

lab: .venv/installed
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/lectures/00_start_here.ipynb

lectures: .venv/installed
	COURSE_STATIC=1 $(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False \
		--ExecutePreprocessor.store_widget_state=False lectures/*.ipynb

slides: .venv/installed
	$(BIN)/jupyter nbconvert --to slides --output-dir slides \
		--TemplateExporter.extra_template_basedirs=course_lib/viz/templates --template=deck \
		--SlidesExporter.exclude_input_prompt=True --SlidesExporter.exclude_output_prompt=True \
		--SlidesExporter.reveal_number=c/t \
		--SlidesExporter.reveal_width=1280 --SlidesExporter.reveal_height=860 lectures/*.ipynb

release: .venv/installed
	$(BIN)/course release

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[grade]"
	@touch $@

.venv/installed-test: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[test]"
	@touch .venv/installed $@

clean:
	rm -rf .venv demo ladder slides submitted autograded feedback .graded .taken-in
	rm -f gradebook.db* grades.csv grading.log grading-*.png
