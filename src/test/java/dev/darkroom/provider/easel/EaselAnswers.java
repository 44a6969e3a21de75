package dev.darkroom.provider.easel;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.HttpOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What Easel's answers, or the lack of one, mean. */
final class EaselAnswers {

    private EaselAnswers() {}

    static SubmitOutcome ordered(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> ordered(answered, EaselForm.read(answered.body()));
            case HttpOutcome.NotSent(var _, var reason) -> new SubmitOutcome.NotCreated(null, reason);
            case HttpOutcome.Unanswered(var reason) -> new SubmitOutcome.Unknown(reason);
            case HttpOutcome.Broken(var reason) -> new SubmitOutcome.Unknown(reason);
            case HttpOutcome.TooLarge(var _, var _, var reason) -> new SubmitOutcome.Unknown(reason);
        };
    }

    private static SubmitOutcome ordered(HttpOutcome.Answered answer, EaselForm form) {
        int status = answer.status();
        var job = form.first("job").flatMap(PredictionId::parse);
        if (status / 100 == 2 && job.isPresent()) {
            return new SubmitOutcome.Created(job.get());
        }
        if (status == 429) {
            return new SubmitOutcome.NotCreated(retryAfter(answer), reason(answer));
        }
        boolean isRefused = status / 100 == 4 && status != 408 && status != 499;
        return isRefused
                ? new SubmitOutcome.Rejected(new Failure(
                        "provider_rejected",
                        "the provider rejected the request: "
                                + form.first("error").orElse(reason(answer))))
                : new SubmitOutcome.Unknown(reason(answer));
    }

    static PollOutcome polled(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answered -> polled(answered, EaselForm.read(answered.body()));
            case HttpOutcome.NotSent notSent ->
                notSent.isUnreachable()
                        ? new PollOutcome.Unavailable(null, notSent.reason())
                        : new PollOutcome.Unclear(notSent.reason());
            case HttpOutcome.Unanswered(var reason) -> new PollOutcome.Unavailable(null, reason);
            case HttpOutcome.Broken(var reason) -> new PollOutcome.Unclear(reason);
            case HttpOutcome.TooLarge(var _, var _, var reason) -> new PollOutcome.Unclear(reason);
        };
    }

    private static PollOutcome polled(HttpOutcome.Answered answer, EaselForm form) {
        var state = form.first("state");
        if (answer.status() / 100 == 2 && state.isPresent()) {
            return inState(state.get(), form);
        }
        if (answer.status() == 404 && form.all("error").contains("no-such-job")) {
            return new PollOutcome.NotFound();
        }
        boolean isOut = answer.status() == 429 || answer.status() == 503;
        return isOut
                ? new PollOutcome.Unavailable(retryAfter(answer), reason(answer))
                : new PollOutcome.Unclear(reason(answer));
    }

    private static PollOutcome inState(String state, EaselForm form) {
        var images =
                form.all("image").stream().map(url -> new Output(url, false)).toList();
        return switch (state) {
            case "done" ->
                images.isEmpty()
                        ? new PollOutcome.WithoutOutputs(false)
                        : new PollOutcome.Succeeded(images, Duration.ZERO);
            case "spoilt" ->
                new PollOutcome.Failed(new Failure("generation_failed", "the provider could not generate the images"));
            default -> new PollOutcome.Running();
        };
    }

    private static @Nullable Duration retryAfter(HttpOutcome.Answered answer) {
        return answer.header("retry-after")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private static String reason(HttpOutcome.Answered answer) {
        return "HTTP " + answer.status();
    }
}
