"""Which HTML elements break a line, which show no text, which set it bold."""

from __future__ import annotations

from crawler.extraction.vocabulary import words

BLOCK, BOLD, LINK, BREAK, IMAGE, SKIPPED, HIDING, HEAD = 1, 2, 4, 8, 16, 32, 64, 128
"""What an element is to a reader: headings are blocks and bold, and whatever has `display:none` hides what is in it."""
BREAKING = BLOCK | BREAK

_SKIPPED = frozenset(
    words(
        """
        title script style noscript template iframe object embed applet svg math canvas select option optgroup button input
        textarea audio video source track map frameset noframes datalist progress meter
        """
    )
)
"""Elements whose text no reader sees, or sees only as a control."""

_BLOCKS = frozenset(
    words(
        """
        address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
        form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th
        thead tr ul founder-content ucapcontent cms-content founder-title
        """
    )
)
"""Elements that begin a line of their own; the last four are CMS elements that hold the text or the headline."""

_BOLD = frozenset(words("b strong h1 h2 h3 h4 h5 h6 th"))

ROLES: dict[str, int] = {
    **dict.fromkeys(_SKIPPED, SKIPPED),
    **dict.fromkeys(_BLOCKS, BLOCK),
    **dict.fromkeys(_BOLD - _BLOCKS, BOLD),
    **dict.fromkeys(_BOLD & _BLOCKS, BLOCK | BOLD),
    "a": LINK,
    "br": BREAK,
    "img": IMAGE,
    **dict.fromkeys(("title", "script"), SKIPPED | HEAD),
    **dict.fromkeys(("meta", "link"), HEAD),
}
"""The roles of a tag, 0 for all others."""
