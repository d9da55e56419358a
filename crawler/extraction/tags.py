"""Which HTML elements break a line, which show no text, which set it bold."""

from __future__ import annotations

from crawler.extraction.vocabulary import words

SKIPPED = frozenset(
    words(
        """
        title script style noscript template iframe object embed applet svg math canvas select option optgroup button input
        textarea audio video source track map frameset noframes datalist progress meter
        """
    )
)
"""Elements whose text no reader sees, or sees only as a control."""

BLOCKS = frozenset(
    words(
        """
        address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
        form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th
        thead tr ul founder-content ucapcontent cms-content founder-title
        """
    )
)
"""Elements that begin a line of their own; the last four are CMS elements that hold the text or the headline."""

BOLD = frozenset(words("b strong h1 h2 h3 h4 h5 h6 th"))
