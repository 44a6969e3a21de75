package dev.darkroom.local;

/** How the simulated provider sends an answer. */
enum Manner {
    /** As it is. */
    PLAIN,
    /** After {@link ProviderSimulator#setLate some seconds}. */
    LATE,
    STATUS_429,
    STATUS_500,
    STATUS_503,
    /** In the provider's own words. */
    STATUS_404,
    /** As of a proxy that does not know the provider. */
    HTML_404,
    /** As of a proxy that waited too long. */
    HTML_504,
    /** To a page that is none of the API's. */
    REDIRECT,
    /** Compressed, although the request does not ask for it. */
    GZIP,
    /** It ends in the middle. */
    BROKEN_JSON,
    /** As it is, with 9 KB of headers before it. */
    HEADERS_9_KB,
    /** As it is, with 70 KB of headers before it. */
    HEADERS_70_KB,
    /** As it is, with a {@code Content-Type} that is none. */
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
