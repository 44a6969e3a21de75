package dev.darkroom.local.provider;

import java.util.Arrays;
import java.util.Optional;

/** How the simulated provider can misbehave, by the names that prompts and the admin endpoint use. */
public enum Fault {
    /** Refuses a submission and creates nothing. */
    TOO_MANY_REQUESTS("429", Kind.SUBMIT, Manner.STATUS_429),
    /** Fails before it creates a prediction; the caller cannot know that none was created. */
    SERVER_ERROR("500", Kind.SUBMIT, Manner.STATUS_500),

    // These create the prediction, and then send a faulty answer.
    ACCEPT_THEN_504("accept-then-504", Kind.SUBMIT, Manner.HTML_504),
    ACCEPT_THEN_RESET("accept-then-reset", Kind.SUBMIT, Manner.RESET),
    ACCEPT_THEN_302("accept-then-302", Kind.SUBMIT, Manner.REDIRECT),
    ACCEPT_THEN_GZIP("accept-then-gzip", Kind.SUBMIT, Manner.GZIP),
    ACCEPT_THEN_WRONG_TYPE("accept-then-wrong-type", Kind.SUBMIT, Manner.WRONG_TYPE),
    ACCEPT_THEN_9K_HEADERS("accept-then-9k-headers", Kind.SUBMIT, Manner.HEADERS_9_KB),
    ACCEPT_THEN_70K_HEADERS("accept-then-70k-headers", Kind.SUBMIT, Manner.HEADERS_70_KB),
    ACCEPT_THEN_DRIP("accept-then-drip", Kind.SUBMIT, Manner.DRIP_BODY),
    ACCEPT_THEN_DRIP_HEADERS("accept-then-drip-headers", Kind.SUBMIT, Manner.DRIP_HEADERS),
    ACCEPT_THEN_HANG("accept-then-hang", Kind.SUBMIT, Manner.SILENCE),
    MALFORMED("malformed", Kind.SUBMIT, Manner.BROKEN_JSON),
    SLOW("slow", Kind.SUBMIT, Manner.LATE),

    // How the provider answers a request for a result.
    RESULT_500("result-500", Kind.RESULT, Manner.STATUS_500),
    RESULT_503("result-503", Kind.RESULT, Manner.STATUS_503),
    RESULT_429("result-429", Kind.RESULT, Manner.STATUS_429),
    RESULT_404("result-404", Kind.RESULT, Manner.STATUS_404),
    RESULT_HTML_404("result-html-404", Kind.RESULT, Manner.HTML_404),
    RESULT_302("result-302", Kind.RESULT, Manner.REDIRECT),
    RESULT_GZIP("result-gzip", Kind.RESULT, Manner.GZIP),
    RESULT_MALFORMED("result-malformed", Kind.RESULT, Manner.BROKEN_JSON),
    RESULT_WRONG_TYPE("result-wrong-type", Kind.RESULT, Manner.WRONG_TYPE),
    RESULT_9K_HEADERS("result-9k-headers", Kind.RESULT, Manner.HEADERS_9_KB),
    RESULT_70K_HEADERS("result-70k-headers", Kind.RESULT, Manner.HEADERS_70_KB),
    RESULT_DRIP("result-drip", Kind.RESULT, Manner.DRIP_BODY),
    RESULT_DRIP_HEADERS("result-drip-headers", Kind.RESULT, Manner.DRIP_HEADERS),
    RESULT_HANG("result-hang", Kind.RESULT, Manner.SILENCE),
    RESULT_RESET("result-reset", Kind.RESULT, Manner.RESET),

    // What a result says. A fault for good is in the webhook too.
    /** The result is that of another prediction. */
    RESULT_OTHER_ID("result-other-id", Kind.RESULT, Manner.PLAIN),
    /**
     * The status is not in the provider's documents. With the fault for good, the prediction never ends, so no webhook
     * comes.
     */
    UNKNOWN_STATUS("unknown-status", Kind.RESULT, Manner.PLAIN),
    /** The prediction is completed and has no outputs. */
    NO_OUTPUTS("no-outputs", Kind.RESULT, Manner.PLAIN),
    /** The outputs are one text instead of a list. */
    OUTPUTS_TEXT("outputs-text", Kind.RESULT, Manner.PLAIN),
    /** The outputs are objects with a {@code url}. */
    OUTPUTS_OBJECTS("outputs-objects", Kind.RESULT, Manner.PLAIN),
    /** The outputs are {@code data:} URIs of 600 KB. */
    OUTPUTS_DATA_URI("outputs-data-uri", Kind.RESULT, Manner.PLAIN),

    // How the provider answers a search of the history, and what the history says.
    HISTORY_500("history-500", Kind.HISTORY, Manner.STATUS_500),
    HISTORY_503("history-503", Kind.HISTORY, Manner.STATUS_503),
    HISTORY_429("history-429", Kind.HISTORY, Manner.STATUS_429),
    HISTORY_MALFORMED("history-malformed", Kind.HISTORY, Manner.BROKEN_JSON),
    HISTORY_DRIP("history-drip", Kind.HISTORY, Manner.DRIP_BODY),
    HISTORY_HANG("history-hang", Kind.HISTORY, Manner.SILENCE),
    /** The history has null in place of an empty list. */
    HISTORY_NULL_ITEMS("history-null-items", Kind.HISTORY, Manner.PLAIN),
    /** A page has ten entries at most, even when the request allows more. */
    HISTORY_SHORT_PAGES("history-short-pages", Kind.HISTORY, Manner.PLAIN),

    /** The provider sends no webhook when the prediction ends. */
    LOST_WEBHOOK("lost-webhook", Kind.WEBHOOK, Manner.PLAIN),
    /** The provider sends two webhooks when the prediction ends. */
    DUPLICATE_WEBHOOK("duplicate-webhook", Kind.WEBHOOK, Manner.PLAIN),

    /** The prediction fails. */
    FAIL("fail", Kind.OUTCOME, Manner.PLAIN),
    /** The prediction fails, because the provider's moderation refuses the prompt. */
    MODERATED("moderated", Kind.OUTCOME, Manner.PLAIN),
    /** The images are marked as not safe for work. */
    NSFW("nsfw", Kind.OUTCOME, Manner.PLAIN),

    // What the bill says about the prediction.
    /** The bill charges twice the price. */
    BILL_OTHER_PRICE("bill-other-price", Kind.BILL, Manner.PLAIN),
    /** The bill does not have the prediction. */
    BILL_MISSING("bill-missing", Kind.BILL, Manner.PLAIN),
    /** The bill charges the prediction, even if it failed, and refunds it. */
    BILL_REFUND("bill-refund", Kind.BILL, Manner.PLAIN),
    /** The bill charges the prediction although it failed. */
    BILL_FAILED("bill-failed", Kind.BILL, Manner.PLAIN),
    /** The bill charges a further prediction for which no submission came. */
    BILL_UNKNOWN("bill-unknown", Kind.BILL, Manner.PLAIN);

    /** In a prompt and for the admin endpoint: all calls about the same prompt meet the fault, not only one. */
    static final String FOR_GOOD = " for good";

    /** The part of the provider that the fault affects. */
    enum Kind {
        SUBMIT,
        RESULT,
        HISTORY,
        WEBHOOK,
        OUTCOME,
        BILL
    }

    private final String title;
    private final Kind kind;
    private final Manner manner;

    Fault(String title, Kind kind, Manner manner) {
        this.title = title;
        this.kind = kind;
        this.manner = manner;
    }

    /** Its name, in brackets in prompts and as it is at the admin endpoint. */
    public String title() {
        return title;
    }

    /** The mark in a prompt whose calls always meet the fault. */
    public String markForGood() {
        return "[" + title + FOR_GOOD + "]";
    }

    Kind kind() {
        return kind;
    }

    /** How the provider sends an answer with this fault. */
    Manner manner() {
        return manner;
    }

    /** Whether a submission with this fault creates a prediction. */
    boolean isCreated() {
        return this != TOO_MANY_REQUESTS && this != SERVER_ERROR;
    }

    boolean isAskedForBy(String prompt) {
        return prompt.contains("[" + title + "]");
    }

    /** A fault of a prediction's outcome, or of its bill, is always for good. */
    boolean isAskedForForGoodBy(String prompt) {
        boolean isLasting = kind == Kind.OUTCOME || kind == Kind.BILL;
        return prompt.contains(markForGood()) || (isLasting && isAskedForBy(prompt));
    }

    static Optional<Fault> named(String title) {
        return Arrays.stream(values())
                .filter(fault -> fault.title.equals(title))
                .findFirst();
    }
}
