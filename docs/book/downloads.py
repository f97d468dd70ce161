"""A lecture's slides and PDF in the menu of what can be downloaded, at the top of its page."""

from typing import Any

from sphinx.application import Sphinx

AFTER_THE_THEME = 600  # which makes the menu at 501


def add(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    folder, _, name = page.partition("/")
    if folder != "lectures":
        return
    for menu in context["header_buttons"]:
        if menu["label"] == "download-buttons":
            menu["buttons"].append(_link(f"{name}.slides.html", "slides", "Slides", "desktop"))
            if app.config.lectures_as_pdf:  # in place of the theme's window.print()
                others = [one for one in menu["buttons"] if one["label"] != "download-pdf-button"]
                pdf = _link(f"{name}.pdf", ".pdf", "The lecture with its figures", "file-pdf")
                menu["buttons"] = [*others, pdf]


def _link(url: str, text: str, tooltip: str, icon: str) -> dict[str, str]:
    return {
        "type": "link",
        "url": url,
        "text": text,
        "tooltip": tooltip,
        "icon": f"fas fa-{icon}",
        "label": f"download-{text.strip('.')}-button",
    }


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("lectures_as_pdf", False, "html")
    app.connect("html-page-context", add, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
