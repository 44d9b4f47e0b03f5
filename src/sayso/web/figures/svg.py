"""Elements of SVG as text: everything escaped, numbers always written alike."""

from __future__ import annotations

from html import escape

from sayso.show.clean import clean

Value = str | float | None
_NAMES = {"class_": "class"}


def element(name: str, *children: str, **attributes: Value) -> str:
    """Return an element.

    Args:
        name: Of the element.
        *children: Elements and texts, escaped already.
        **attributes: `_` stands for `-`; one that is None is left out.
    """
    told = "".join(
        f' {_NAMES.get(key, key.replace("_", "-"))}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{told}>{inner}</{name}>" if inner else f"<{name}{told}/>"


def words(text: str) -> str:
    """Return a text as it can stand between tags, on one line."""
    return escape(clean(text).replace("\n", " "), quote=False)


def percent(share: float) -> str:
    """Return a share of 0 to 1 as percent."""
    return f"{number(100 * share)}%"


def number(value: float) -> str:
    """Return a number with two decimals at most, and never as -0."""
    told = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told


def named(name: str, title: str, description: str) -> tuple[str, str]:
    """Return the two elements that screen readers tell a figure by."""
    return (
        element("title", words(title), id=f"{name}-title"),
        element("desc", words(description), id=f"{name}-desc"),
    )


def drawing(
    name: str, title: str, description: str, *parts: str, height: float | None = None
) -> str:
    """Return a whole figure, as wide as there is room.

    Args:
        name: Begins its ids; no other figure of the page has it.
        title: One line.
        description: What it shows, in words.
        *parts: Its elements.
        height: In pixels; None where the style sheet keeps a ratio.
    """
    return element(
        "svg",
        *named(name, title, description),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"figure-{name}",
        # With a role of its own the links inside stay reachable.
        role="group",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        width="100%",
        height=height,
        fill="currentColor",
        font_size=12,
    )


def link(href: str | None, *children: str, label: str) -> str:
    """Return elements as a link with a label; without an address as a mere group."""
    told = element("title", words(label))
    if href is None:
        return element("g", told, *children)
    return element("a", told, *children, href=href, aria_label=clean(label))


def _value(value: str | float | None) -> str:
    told = number(value) if isinstance(value, int | float) else clean(value or "")
    return escape(told, quote=True)
