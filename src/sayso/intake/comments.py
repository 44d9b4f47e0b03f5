"""Reader comments: numbered, their authors made anonymous, replies tied to targets."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.record import Comment


class CommentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One comment as a page, row or list gives it."""

    text: str
    author: str | None = None
    """Name or handle; it ends here, the report gets a pseudonym."""
    time: str | None = None
    """ISO 8601."""
    key: str | None = None
    """The source's own id of the comment, for replies."""
    reply_to: str | None = None
    """`key` of the comment that this one answers."""


def number_comments(drafts: Sequence[CommentDraft]) -> tuple[Comment, ...]:
    """Return the comments, numbered from 1 by their place in `drafts`.

    Authors become c1, c2 … by first appearance; a comment that names nobody gets a
    pseudonym of its own. Blank comments are left out and keep their number, so that
    numbers of others still fit the caller's list. A reply to an unknown comment, or to
    itself, is no reply.
    """
    numbers = {draft.key: number for number, draft in enumerate(drafts, 1) if draft.key}
    pseudonyms: dict[str, str] = {}
    comments = []
    for number, draft in enumerate(drafts, 1):
        if not draft.text.strip():
            continue
        # A nameless author is told from all others by the number of the comment.
        name = " ".join((draft.author or "").casefold().split()) or f"\0{number}"
        author = pseudonyms.setdefault(name, f"c{len(pseudonyms) + 1}")
        target = numbers.get(draft.reply_to) if draft.reply_to else None
        comments.append(
            Comment(
                n=number,
                author=author,
                time=draft.time,
                reply_to=None if target == number else target,
                text=draft.text,
            )
        )
    return tuple(comments)
