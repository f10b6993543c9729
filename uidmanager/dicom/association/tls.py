"""Certificates: by which a peer is believed, and which we show."""

from __future__ import annotations

import ssl

from msgspec import Struct

from uidmanager.core.errors import UidManagerError


class TlsUnusableError(UidManagerError):
    """A file with certificates or a key cannot be used."""

    code = "tls.unusable"

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"{what} cannot be used ({reason}). Name a file in PEM form; a key must have no password.")


class TlsTerms(Struct, frozen=True):
    """The files to be used, in PEM form, empty where none is named.

    ``authority`` is whose certificates are believed, else those that the system believes. ``certificate`` and ``key``
    are ours. ``name`` is what the peer's certificate must be for, else the host that was called. Unless
    ``is_name_checked``, it need only come from an authority that is believed, whatever it is for.
    """

    authority: str = ""
    certificate: str = ""
    key: str = ""
    name: str = ""
    is_name_checked: bool = True


def calling_context(terms: TlsTerms) -> ssl.SSLContext:
    """For calling a device: its certificate must be believed. Raises `TlsUnusableError`."""
    context = _context(ssl.PROTOCOL_TLS_CLIENT, terms)
    context.check_hostname = terms.is_name_checked
    if not terms.authority:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return context


def answering_context(terms: TlsTerms) -> ssl.SSLContext:
    """For being called: with an authority named, a device must show a certificate of it. Raises `TlsUnusableError`."""
    context = _context(ssl.PROTOCOL_TLS_SERVER, terms)
    if terms.authority:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _context(protocol: int, terms: TlsTerms) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # PS3.15 §B.9 and later profiles
    if terms.authority:
        try:
            context.load_verify_locations(terms.authority)
        except OSError as error:
            raise TlsUnusableError(terms.authority, _reason(error)) from error
    if terms.certificate:
        try:
            context.load_cert_chain(terms.certificate, terms.key or None, password=lambda: b"")
        except OSError as error:
            raise TlsUnusableError(f"{terms.certificate} with {terms.key or 'its key'}", _reason(error)) from error
    return context


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or "no certificate or key is in it").replace("_", " ").lower()
    return error.strerror or str(error)
