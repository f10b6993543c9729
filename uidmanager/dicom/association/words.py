"""The numbers in which a rejection or an abort is told, in words (PS3.8 tables 9-21 and 9-26)."""

from __future__ import annotations

from typing import Final

_RESULTS: Final = {1: "for good", 2: "for now"}
_SOURCES: Final = {1: "its application", 2: "its network part (ACSE)", 3: "its network part (presentation)"}
_REASONS: Final = {
    (1, 1): "it gives no reason",
    (1, 2): "it does not support DICOM's application context",
    (1, 3): "it does not know the AE title that called it",
    (1, 7): "it is not called by that AE title",
    (2, 1): "it gives no reason",
    (2, 2): "it does not support this version of the protocol",
    (3, 1): "it is overloaded",
    (3, 2): "it has as many associations as it takes",
}
_REMEDIES: Final = {
    (1, 3): "Register our AE title in the device, or call it by one that it knows (--calling).",
    (1, 7): "Name the AE title that stands in the device's settings (--called).",
    (3, 1): "Ask again later.",
    (3, 2): "Ask again later.",
}
_ABORTS: Final = {
    1: "it did not recognise what we sent",
    2: "it did not expect what we sent",
    4: "it did not recognise a parameter",
    5: "it did not expect a parameter",
    6: "a parameter had a value that it does not take",
}


def rejection_in_words(body: bytes) -> str:
    """Why an association was rejected, from an A-ASSOCIATE-RJ without its head; the numbers as well."""
    if len(body) < 4:  # noqa: PLR2004 (reserved, result, source, reason)
        return "it does not say why. Look into its log."
    _, result, source, reason = body[:4]
    why = _REASONS.get((source, reason), "for a reason that the standard does not know")
    remedy = _REMEDIES.get((source, reason), "Look into its log.")
    whose = _SOURCES.get(source, "nobody knows which part of it")
    lasting = _RESULTS.get(result, "for nobody knows how long")
    return f"{lasting}, by {whose}: {why} (result {result}, source {source}, reason {reason}). {remedy}"


def abort_in_words(body: bytes) -> str:
    """Why an association was aborted, from an A-ABORT without its head."""
    if len(body) < 4:  # noqa: PLR2004 (two reserved, source, reason)
        return "it does not say why"
    source, reason = body[2], body[3]
    if source == 0:
        return "by its application, which gives no reason (source 0)"
    why = _ABORTS.get(reason, "it gives no reason")
    return f"by its network part: {why} (source {source}, reason {reason})"
