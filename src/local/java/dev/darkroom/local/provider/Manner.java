package dev.darkroom.local.provider;

/** How the simulated provider sends an answer. */
enum Manner {
    /** The answer without any fault of transport. */
    PLAIN,
    /** After {@link ProviderSimulator#setLate some seconds}. */
    LATE,
    STATUS_429,
    STATUS_500,
    STATUS_503,
    /** With the provider's own error body. */
    STATUS_404,
    /** HTML, as from a proxy that does not know the provider. */
    HTML_404,
    /** HTML, as from a proxy whose request timed out. */
    HTML_504,
    /** A redirect to a page outside the API. */
    REDIRECT,
    /** Compressed, although the request does not ask for it. */
    GZIP,
    /** JSON that ends in the middle. */
    BROKEN_JSON,
    /** The plain answer after 9 KB of headers. */
    HEADERS_9_KB,
    /** The plain answer after 70 KB of headers. */
    HEADERS_70_KB,
    /** The plain answer with an invalid {@code Content-Type}. */
    WRONG_TYPE,
    /** A byte a second from the first header on. */
    DRIP_HEADERS,
    /** A byte a second from the body on. */
    DRIP_BODY,
    /** The connection stays open without an answer for a minute, which is longer than any function waits. */
    SILENCE,
    /** The connection is closed without an answer. */
    RESET
}
