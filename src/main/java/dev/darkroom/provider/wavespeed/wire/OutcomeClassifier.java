package dev.darkroom.provider.wavespeed.wire;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.HttpOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The only place that decides what an answer of the provider, or the lack of one, means. */
public final class OutcomeClassifier {

    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(15);
    private static final int MAX_TEXT_LENGTH = 300;

    private final InstantSource clock;

    public OutcomeClassifier(InstantSource clock) {
        this.clock = clock;
    }

    /** A call that was not sent created nothing; a call that was sent may have created a prediction. */
    public SubmitOutcome submitted(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> submitted(WaveSpeedResponse.of(answered));
            case HttpOutcome.NotSent(var _, var reason) -> new SubmitOutcome.NotCreated(null, reason);
            case HttpOutcome.Unanswered(var reason) -> new SubmitOutcome.Unknown(reason);
            case HttpOutcome.Broken(var reason) -> new SubmitOutcome.Unknown(reason);
            case HttpOutcome.TooLarge(var _, var _, var reason) -> new SubmitOutcome.Unknown(reason);
        };
    }

    private SubmitOutcome submitted(WaveSpeedResponse answer) {
        var id = answer.prediction().id();
        if (answer.isSuccess() && id.isPresent()) {
            return new SubmitOutcome.Created(id.get());
        }
        return id.isPresent() ? new SubmitOutcome.Unknown(reason(answer) + ", with an id") : notCreated(answer);
    }

    private SubmitOutcome notCreated(WaveSpeedResponse answer) {
        int status = answer.status();
        if (status == 429) {
            return new SubmitOutcome.NotCreated(retryAfter(answer), reason(answer));
        }
        // 408 and 499 say that the provider, or a proxy, gave up waiting for us; they do not say whether the provider
        // had begun.
        if (status / 100 == 4 && status != 408 && status != 499) {
            return new SubmitOutcome.Rejected(rejection(answer));
        }
        return new SubmitOutcome.Unknown(answer.isSuccess() ? "a success without an id" : reason(answer));
    }

    public PollOutcome polled(PredictionId asked, HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> polled(asked, WaveSpeedResponse.of(answered));
            case HttpOutcome.NotSent notSent ->
                notSent.isUnreachable()
                        ? new PollOutcome.Unavailable(null, notSent.reason())
                        : new PollOutcome.Unclear(notSent.reason());
            case HttpOutcome.Unanswered(var reason) -> new PollOutcome.Unavailable(null, reason);
            case HttpOutcome.Broken(var reason) -> new PollOutcome.Unclear(reason);
            case HttpOutcome.TooLarge large ->
                isTooLargeByOutputs(asked, large)
                        ? new PollOutcome.Failed(tooLarge(asked))
                        : new PollOutcome.Unclear(large.reason());
        };
    }

    /** Whether the prediction's result exceeds the size that was read because of its outputs. */
    public static boolean isTooLargeByOutputs(PredictionId asked, HttpOutcome outcome) {
        return outcome instanceof HttpOutcome.TooLarge(var status, var beginning, var _)
                && status / 100 == 2
                && Outputs.makeTooLarge(beginning, asked);
    }

    private PollOutcome polled(PredictionId asked, WaveSpeedResponse answer) {
        if (answer.isSuccess() && answer.envelope().path("data").isObject()) {
            return answer.prediction().isAbout(asked)
                    ? polled(asked, answer.prediction())
                    : new PollOutcome.Unclear("the answer is about another prediction");
        }
        if (answer.isProvidersNotFound()) {
            return new PollOutcome.NotFound();
        }
        return answer.isOutage()
                ? new PollOutcome.Unavailable(retryAfter(answer), reason(answer))
                : new PollOutcome.Unclear(reason(answer));
    }

    /** Decides on the prediction in an answer or in a webhook. */
    public static PollOutcome polled(PredictionId id, Prediction prediction) {
        return switch (prediction.progress()) {
            case RUNNING -> new PollOutcome.Running();
            case FAILED -> new PollOutcome.Failed(failure(prediction));
            case COMPLETED -> completed(id, prediction);
        };
    }

    private static PollOutcome completed(PredictionId id, Prediction prediction) {
        var outputs = prediction.outputs();
        if (outputs.usable().isEmpty()) {
            return new PollOutcome.WithoutOutputs(outputs.unreadable());
        }
        if (outputs.haveImagesInside() && !outputs.addressesAreTooLarge()) {
            var failure = outputs.areTooLarge() ? tooLarge(id) : null;
            return new PollOutcome.Inline(outputs.usable(), prediction.inference(), failure);
        }
        return outputs.areTooLarge()
                ? new PollOutcome.Failed(tooLarge(id))
                : new PollOutcome.Succeeded(outputs.usable(), prediction.inference());
    }

    public SearchOutcome notListed(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> notListed(WaveSpeedResponse.of(answered));
            case HttpOutcome.NotSent notSent ->
                notSent.isUnreachable()
                        ? new SearchOutcome.Unavailable(null, notSent.reason())
                        : new SearchOutcome.Unclear(notSent.reason());
            case HttpOutcome.Unanswered(var reason) -> new SearchOutcome.Unavailable(null, reason);
            case HttpOutcome.Broken(var reason) -> new SearchOutcome.Unclear(reason);
            case HttpOutcome.TooLarge(var _, var _, var reason) -> new SearchOutcome.Unclear(reason);
        };
    }

    private SearchOutcome notListed(WaveSpeedResponse answer) {
        return answer.isOutage()
                ? new SearchOutcome.Unavailable(retryAfter(answer), reason(answer))
                : new SearchOutcome.Unclear(reason(answer));
    }

    /** Decides on the answer to the question what the account holds. */
    public BalanceOutcome balance(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> balance(WaveSpeedResponse.of(answered));
            case HttpOutcome.NotSent notSent ->
                notSent.isUnreachable()
                        ? new BalanceOutcome.Unavailable(null, notSent.reason())
                        : new BalanceOutcome.Unclear(notSent.reason());
            case HttpOutcome.Unanswered(var reason) -> new BalanceOutcome.Unavailable(null, reason);
            case HttpOutcome.Broken(var reason) -> new BalanceOutcome.Unclear(reason);
            case HttpOutcome.TooLarge(var _, var _, var reason) -> new BalanceOutcome.Unclear(reason);
        };
    }

    private BalanceOutcome balance(WaveSpeedResponse answer) {
        if (answer.isSuccess()) {
            var balance = Dollars.balance(answer.envelope().path("data").path("balance"));
            return balance.isPresent()
                    ? new BalanceOutcome.Known(balance.getAsLong())
                    : new BalanceOutcome.Unclear("the answer has no balance");
        }
        return answer.isOutage()
                ? new BalanceOutcome.Unavailable(retryAfter(answer), reason(answer))
                : new BalanceOutcome.Unclear(reason(answer));
    }

    /** Decides on the answer to the question for a page of the bill. */
    public BillOutcome billed(HttpOutcome outcome, int page) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> billed(WaveSpeedResponse.of(answered), page);
            case HttpOutcome.NotSent notSent ->
                notSent.isUnreachable()
                        ? new BillOutcome.Unavailable(null, notSent.reason())
                        : new BillOutcome.Unclear(notSent.reason());
            case HttpOutcome.Unanswered(var reason) -> new BillOutcome.Unavailable(null, reason);
            case HttpOutcome.Broken(var reason) -> new BillOutcome.Unclear(reason);
            case HttpOutcome.TooLarge(var _, var _, var reason) -> new BillOutcome.Unclear(reason);
        };
    }

    private BillOutcome billed(WaveSpeedResponse answer, int page) {
        if (answer.isSuccess()) {
            var entries = BillPage.of(answer.envelope().path("data"), page);
            return entries.isPresent() ? entries.get() : new BillOutcome.Unclear("the answer has no entries");
        }
        return answer.isOutage()
                ? new BillOutcome.Unavailable(retryAfter(answer), reason(answer))
                : new BillOutcome.Unclear(reason(answer));
    }

    private static Failure failure(Prediction prediction) {
        var code = prediction.isModerated() ? "content_moderated" : "generation_failed";
        var error = prediction.error();
        return new Failure(
                code,
                "the provider could not generate the images: "
                        + shortened(error.isEmpty() ? "its status is " + prediction.status() : error));
    }

    private static Failure tooLarge(PredictionId id) {
        return new Failure(
                "output_too_large",
                "the outputs of prediction %s are larger than %d KB each or %d KB together, so they were not kept; it may have been billed"
                        .formatted(id, Outputs.MAX_BYTES / 1024, Outputs.MAX_BYTES_TOGETHER / 1024));
    }

    private static Failure rejection(WaveSpeedResponse answer) {
        if (answer.isInsufficientCredits()) {
            return new Failure(
                    "insufficient_credits", "the provider account has too little credit; nothing was billed");
        }
        return switch (answer.status()) {
            case 401 -> new Failure("provider_unauthorized", "the provider did not accept this gateway's key");
            case 403 -> new Failure("provider_forbidden", "the provider does not let this gateway's key use the model");
            case 404 -> new Failure("provider_model_not_found", "the provider does not know the model");
            default ->
                new Failure("provider_rejected", "the provider rejected the request: " + shortened(answer.message()));
        };
    }

    /** In seconds or as a date; null when the header is missing or is neither. */
    private @Nullable Duration retryAfter(WaveSpeedResponse answer) {
        var header = answer.retryAfter();
        if (header == null) {
            return null;
        }
        try {
            var wait = header.matches("\\d+") ? seconds(header) : untilDate(header);
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? MAX_RETRY_AFTER : Duration.ofSeconds(Long.parseLong(digits));
    }

    private Duration untilDate(String date) {
        return Duration.between(
                clock.instant(),
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    }

    private static String reason(WaveSpeedResponse answer) {
        return "HTTP %d, code %d".formatted(answer.httpStatus(), answer.status());
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH) + "…";
    }
}
