"""Settings of the course's site; Sphinx reads them. ``build.py`` beside it says how it is made."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # for the extensions of our own

from course_lib import __version__  # noqa: E402

# ---- where the course lives: the one place for addresses, for whoever hosts it ----

REPOSITORY = os.environ.get("COURSE_REPOSITORY", "")  # https://github.com/you/course
BRANCH = os.environ.get("COURSE_BRANCH", "main")
JUPYTERHUB = os.environ.get("COURSE_JUPYTERHUB", "")  # https://hub.example.edu

project = "Foundations of deep learning"
author = "The authors of the course"
copyright = f"{author}; code BSD 3-Clause, notebooks CC BY 4.0"
version = release = __version__
language = "en"

extensions = [
    "myst_nb",  # reads notebooks and Markdown
    "sphinx.ext.autodoc",  # reads the library's docstrings
    "sphinx.ext.autosummary",  # the table at the top of each page of the reference
    "docstrings",  # ours: shapes and arguments as the library's docstrings write them
    "downloads",  # ours: slides and PDF of a lecture
    "mathml",  # ours: formulas without a script
]

# ---- notebooks and Markdown ----

nb_execution_mode = "off"  # the outputs in the notebooks are the ones that tests compare
nb_merge_streams = True  # a line printed after another belongs into the same box
nb_render_markdown_format = "myst"  # the library's source in outputs, with links and formulas
# Lectures leave pictures, no widgets, so that nothing is asked of a network.
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
myst_enable_extensions = ["amsmath", "dollarmath"]  # formulas as in Jupyter
myst_heading_anchors = 3  # links to a heading, as on GitHub
exclude_patterns = ["README.md"]  # pages of ours include its tables

# ---- the reference ----

autosummary_generate = False  # one page a package, and they are written by hand
autosummary_ignore_module_all = False  # a package's __all__ is what it promises
autodoc_member_order = "groupwise"
autodoc_typehints = "signature"
autodoc_inherit_docstrings = False  # a layer's forward says no more than Layer's
toc_object_entries_show_parents = "hide"
# he_normal, where Python would print <function he_normal at 0x...>
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True  # NDArray reads better than numpy.typing.NDArray

# ---- the pages ----

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["static"]
templates_path = ["templates"]
html_sidebars = {  # the theme's own, with a home of ours
    "**": ["home.html", "icon-links.html", "search-button-field.html", "sbt-sidebar-nav.html"]
}
html_css_files = ["book.css"]
html_sourcelink_suffix = ""  # what is downloaded is called .ipynb
html_math_renderer = "mathml"
html_show_sphinx = False
html_last_updated_fmt = None  # the same course gives the same pages
pygments_style = "a11y-high-contrast-light"  # the theme takes the dark one by itself

html_theme_options = {
    "path_to_docs": "",  # pages lie in the site as they lie in the repository
    "repository_url": REPOSITORY,
    "repository_branch": BRANCH,
    "repository_provider": "github",
    "use_repository_button": bool(REPOSITORY),
    "use_download_button": True,
    "launch_buttons": {
        **({"binderhub_url": "https://mybinder.org"} if REPOSITORY else {}),
        **({"colab_url": "https://colab.research.google.com"} if REPOSITORY else {}),
        **({"jupyterhub_url": JUPYTERHUB} if REPOSITORY and JUPYTERHUB else {}),
        "notebook_interface": "jupyterlab",
    },
    "navbar_persistent": [],  # search is in the sidebar
    "home_page_in_toc": True,
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
