package dev.darkroom.core.provider;

/** How much of the provider's history is searched for one call. */
public enum SearchWindow {

    /**
     * Some seconds around the call, which include nearly every prediction: a short list even with thousands of calls a
     * minute.
     */
    NARROW,

    /** Some minutes around the call, for clocks that differ and connections that were slow. */
    WIDE
}
