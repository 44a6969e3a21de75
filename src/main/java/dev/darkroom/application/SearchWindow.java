package dev.darkroom.application;

/** How much of the provider's history is searched for one call. */
public enum SearchWindow {

    /** Some seconds around it, where nearly every call is: a short list even in a minute of thousands. */
    NARROW,

    /** Some minutes around it, for clocks that differ and connections that were slow. */
    WIDE
}
