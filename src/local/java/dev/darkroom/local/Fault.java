package dev.darkroom.local;

import java.util.Arrays;
import java.util.Optional;

/** How the simulated provider can misbehave, by the names that prompts and the admin endpoint use. */
public enum Fault {
    /** Refuses a submission and creates nothing. */
    TOO_MANY_REQUESTS("429", Kind.SUBMIT),
    /** Fails before it creates anything, which a caller cannot know. */
    SERVER_ERROR("500", Kind.SUBMIT),
    /** Creates the prediction and answers as a proxy whose patience ended. */
    ACCEPT_THEN_504("accept-then-504", Kind.SUBMIT),
    /** Creates the prediction and closes the connection without an answer. */
    ACCEPT_THEN_RESET("accept-then-reset", Kind.SUBMIT),
    /** Creates the prediction and answers in broken JSON. */
    MALFORMED("malformed", Kind.SUBMIT),
    /** Creates the prediction and answers late. */
    SLOW("slow", Kind.SUBMIT),
    /** A result fails with a 500. */
    RESULT_500("result-500", Kind.RESULT),
    /** A result is broken JSON. */
    RESULT_MALFORMED("result-malformed", Kind.RESULT),
    /** A result has a status that nobody has heard of. */
    UNKNOWN_STATUS("unknown-status", Kind.RESULT),
    /** The history fails with a 500. */
    HISTORY_500("history-500", Kind.HISTORY),
    /** Nobody is told of the end. */
    LOST_WEBHOOK("lost-webhook", Kind.WEBHOOK),
    /** The end is told twice. */
    DUPLICATE_WEBHOOK("duplicate-webhook", Kind.WEBHOOK),
    /** The prediction fails. */
    FAIL("fail", Kind.OUTCOME),
    /** The images are marked as not safe for work. */
    NSFW("nsfw", Kind.OUTCOME);

    /** What a fault is a fault of. */
    enum Kind {
        SUBMIT,
        RESULT,
        HISTORY,
        WEBHOOK,
        OUTCOME
    }

    private final String title;
    private final Kind kind;

    Fault(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** What it is called in prompts, in brackets, and by the admin endpoint. */
    public String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    boolean isAskedForBy(String prompt) {
        return prompt.contains("[" + title + "]");
    }

    static Optional<Fault> named(String title) {
        return Arrays.stream(values())
                .filter(fault -> fault.title.equals(title))
                .findFirst();
    }
}
