package dev.darkroom.wavespeed;

import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.Failure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says what an answer of the provider, or the lack of one, means. The only place that does. */
final class Classifier {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(15);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_TEXT = 300;

    private final InstantSource clock;

    Classifier(InstantSource clock) {
        this.clock = clock;
    }

    SubmitOutcome submitted(Answer answer) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return answer.prediction()
                    .id()
                    .<SubmitOutcome>map(SubmitOutcome.Created::new)
                    .orElseGet(() -> new SubmitOutcome.Unknown("a success without an id"));
        }
        if (status == 429) {
            return new SubmitOutcome.NotCreated(retryAfter(answer), reason(answer));
        }
        // 408 says that the provider waited for us; whether it had begun, it does not say.
        if (status / 100 == 4 && status != 408) {
            return new SubmitOutcome.Rejected(refusal(answer));
        }
        return new SubmitOutcome.Unknown(reason(answer));
    }

    /** Without a connection nothing was sent; after that anything may have happened. */
    SubmitOutcome notAnswered(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return new SubmitOutcome.NotCreated(null, reason(cause));
            }
        }
        return new SubmitOutcome.Unknown(reason(failure));
    }

    PollOutcome polled(Answer answer) {
        if (answer.isSuccess() && answer.envelope().path("data").isObject()) {
            return polled(answer.prediction());
        }
        return answer.isProvidersNotFound()
                ? new PollOutcome.NotFound()
                : new PollOutcome.Unavailable(pause(answer), reason(answer));
    }

    SearchOutcome notListed(Answer answer) {
        return new SearchOutcome.Unavailable(pause(answer), reason(answer));
    }

    static PollOutcome polled(Prediction prediction) {
        return switch (prediction.progress()) {
            case RUNNING -> new PollOutcome.Running();
            case FAILED -> new PollOutcome.Failed(failure(prediction));
            case COMPLETED -> {
                var outputs = prediction.outputs();
                yield outputs.isEmpty()
                        ? new PollOutcome.WithoutOutputs(false)
                        : new PollOutcome.Succeeded(outputs, prediction.inference());
            }
        };
    }

    private static Failure failure(Prediction prediction) {
        var code = prediction.isModerated() ? "content_moderated" : "generation_failed";
        var said = prediction.error().isBlank() ? "its status is " + prediction.status() : prediction.error();
        return new Failure(code, "the provider could not draw it: " + shortened(said));
    }

    private static Failure refusal(Answer answer) {
        if (answer.isInsufficientCredits()) {
            return new Failure(
                    "insufficient_credits", "the provider account has too little credit; nothing was billed");
        }
        return switch (answer.status()) {
            case 401 -> new Failure("provider_unauthorized", "the provider did not accept this gateway's key");
            case 403 -> new Failure("provider_forbidden", "the provider does not let this gateway's key use the model");
            case 404 -> new Failure("provider_model_not_found", "the provider does not know the model");
            default ->
                new Failure("provider_rejected", "the provider refused the request: " + shortened(answer.message()));
        };
    }

    /** Who says that we ask too often, but not how long to wait, is left alone for a moment too. */
    private @Nullable Duration pause(Answer answer) {
        var asked = retryAfter(answer);
        return asked == null && answer.status() == 429 ? SHORTEST_PAUSE : asked;
    }

    /** In seconds or as a date; null when there is none or it is neither. */
    private @Nullable Duration retryAfter(Answer answer) {
        var header = answer.retryAfter();
        if (header == null) {
            return null;
        }
        try {
            var wait = header.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative()
                    ? Duration.ZERO
                    : wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
        } catch (DateTimeException _) {
            return null;
        }
    }

    static String reason(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }

    private static String reason(Answer answer) {
        return "HTTP %d, code %d".formatted(answer.httpStatus(), answer.status());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
