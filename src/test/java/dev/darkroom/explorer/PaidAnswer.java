package dev.darkroom.explorer;

/** How the provider answers a paid call. */
enum PaidAnswer {
    CREATED,
    /** 429: nothing is created. */
    REFUSED,
    /** 400: nothing is created. */
    REJECTED,
    /** 500: nothing is created, but the answer does not say so. */
    FAILED,
    /** 504: a prediction is created, but the answer does not say so. */
    UNANSWERED
}
