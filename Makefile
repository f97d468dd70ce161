# Everything happens in .venv; nothing is installed outside it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check lab lectures lectures-check slides book release readme python clean clean-class

help:
	@echo "make demo      train on MNIST, grade a sample class, show both"
	@echo "make test      every test, notebooks included"
	@echo "make check     what to run before each commit: style, types, quick tests"
	@echo "make lab       open the course in JupyterLab"
	@echo "make lectures  run the lectures again and save their outputs"
	@echo "make lectures-check  do their saved numbers hold? THREADS=2 BLAS=Haswell for other processors"
	@echo "make slides    turn the lectures into slides, in slides/; no network needed to show them"
	@echo "make book      turn the whole course into a site with PDFs and slides, in book/html"
	@echo "make release   generate exercises/ from solutions/"
	@echo "make readme    write the table of lectures into README.md"
	@echo "make clean     remove .venv and what can be made again; a class and its grades stay"
	@echo "make clean-class  remove the submissions, the gradebook and the grades; asks first"

demo: .venv/installed
	$(BIN)/course demo

test: .venv/installed-test
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

# nbval is left out: it would run the lectures
check: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -p no:nbval -o addopts=--strict-markers -q -n 2 \
		-m "not slow and not sandbox" tests/unit \
		--ignore tests/unit/grading --ignore tests/unit/ladder

lab: .venv/installed
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/lectures/00_start_here.ipynb

LECTURES ?= lectures/*.ipynb

lectures: .venv/installed-torch
	COURSE_STATIC=1 $(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False \
		--ExecutePreprocessor.store_widget_state=False $(LECTURES)

# Other threads, and the kernel of OpenBLAS for another processor (Haswell, Sandybridge), add up in another
# order. Without BLAS it is the kernel of this processor.
THREADS ?= 1

lectures-check: .venv/installed-test
	OMP_NUM_THREADS=$(THREADS) OPENBLAS_CORETYPE=$(BLAS) $(BIN)/python -m pytest -q $(LECTURES)

slides: .venv/installed-book
	$(BIN)/python docs/book/slides.py

book: .venv/installed-book
	$(BIN)/python docs/book/build.py

release: .venv/installed
	$(BIN)/course release

readme: .venv/installed
	$(BIN)/python -m course_lib.course.outline

# Says in one sentence what pip would say in forty lines.
python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v < (3, 15) or sys.exit( \
		"This is Python %d.%d; the course runs on 3.11 to 3.14: make PYTHON=python3.13, say." % v)'

# $(1): the extras of pyproject.toml to install, $(2): the stamps of what is installed then
define install
	@echo "Installing into .venv; the first time this takes a few minutes."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[$(1)]"
	@touch $(2)
endef

.venv/installed: pyproject.toml constraints.txt | python
	$(call install,lectures$(comma)grading,$@)

.venv/installed-torch: pyproject.toml constraints.txt | python
	$(call install,lectures$(comma)grading$(comma)torch,.venv/installed $@)

.venv/installed-book: pyproject.toml constraints.txt | python
	$(call install,book,.venv/installed .venv/installed-torch $@)

.venv/installed-test: pyproject.toml constraints.txt | python
	$(call install,test,.venv/installed .venv/installed-torch .venv/installed-book $@)

comma := ,

# Only what a command makes again. What students sent, and marks that people gave, are not of that kind.
clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache demo ladder slides solution_pages book gpu-results

CLASS := downloaded submitted autograded feedback .graded .taken-in gradebook.db* grades.csv moodle.csv \
	canvas.csv grading.log grading-*.png similar-*.html statistics-*.html feedback.zip

clean-class:
	@echo "This removes what students handed in, their grades and all marks given by hand, for good:"
	@ls -d $(CLASS) 2>/dev/null || true
	@printf 'Type yes to go on: '; read answer; test "$$answer" = yes \
		|| { echo "Nothing was removed."; exit 1; }
	rm -rf $(CLASS)
