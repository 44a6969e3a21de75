package dev.darkroom.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The environment variables of a function and what each of them may be. What a value means stands where it is read. */
final class Environment {

    static final String HANDLER = "QUARKUS_LAMBDA_HANDLER";

    private static final String REGION = "AWS_REGION";
    private static final String KEY = "WAVESPEED_API_KEY";
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** A call is not sent that would have less than a second. */
    private static final Duration SHORTEST_CLAIM = Duration.ofSeconds(2);

    private static final Duration YEAR = Duration.ofDays(365);

    /** One day more than the provider shows its predictions: until then another row could adopt this one's. */
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(8);

    /** The provider's history may be that late. */
    private static final Duration SHORTEST_RESUBMIT = Duration.ofMinutes(10);

    private static final List<String> CALL_THE_PROVIDER =
            List.of("submit-generation", "poll-generations", "start-generation");

    static final List<Rule> RULES = List.of(
            Rule.oneOf(
                    HANDLER,
                    "submit-generation",
                    "get-generation",
                    "poll-generations",
                    "start-generation",
                    "authorize",
                    "receive-webhook"),
            Rule.text(REGION, "[a-z]{2,}(-[a-z0-9]+)+", "the id of a region, such as eu-central-1"),
            Rule.text(
                    "DARKROOM_TABLE",
                    "(arn:[^\\s/]+:table/)?[A-Za-z0-9_.-]{3,255}",
                    "the name of a table: 3 to 255 letters, digits, dots, hyphens and underscores"),
            Rule.number("DARKROOM_SHARDS", 1, 1_000),
            Rule.duration("DARKROOM_RETENTION", SHORTEST_RETENTION, YEAR.multipliedBy(10)),
            Rule.text(
                            "DARKROOM_SWEEP_FUNCTION",
                            "[A-Za-z0-9:_$-]{1,256}",
                            "the name or the ARN of a function, with its alias if there is one")
                    .orEmpty(),
            Rule.duration("DARKROOM_SWEEP_WINDOW", SHORTEST, Duration.ofMinutes(15)),
            Rule.duration("DARKROOM_SWEEP_LEASE", SHORTEST, Duration.ofMinutes(15)),
            Rule.number("DARKROOM_SWEEP_CONCURRENCY", 1, 1_000),
            Rule.oneOf("DARKROOM_LOG_LEVEL", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"),
            Rule.text(
                    "DARKROOM_STAGE", "[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, dots, hyphens and underscores"),
            Rule.address("DARKROOM_PUBLIC_URL").orEmpty(),
            Rule.number("DARKROOM_BUDGET_IMAGES_PER_MINUTE", 1, 60_000).orEmpty(),
            Rule.number("DARKROOM_BUDGET_QUEUED_PER_OWNER", 1, 999_999_999),
            Rule.duration("DARKROOM_TIMINGS_FIRST_LOOK", SHORTEST, YEAR).orEmpty(),
            Rule.duration("DARKROOM_TIMINGS_CLAIM_TIMEOUT", SHORTEST_CLAIM, YEAR),
            Rule.duration("DARKROOM_TIMINGS_SUBMIT_GIVE_UP", SHORTEST, YEAR),
            Rule.duration("DARKROOM_TIMINGS_UNCONFIRMED_GIVE_UP", SHORTEST, YEAR),
            Rule.duration("DARKROOM_TIMINGS_PROCESSING_GIVE_UP", SHORTEST, YEAR),
            Rule.duration("DARKROOM_TIMINGS_RESUBMIT_AFTER", SHORTEST_RESUBMIT, YEAR)
                    .orEmpty(),
            Rule.duration("DARKROOM_TIMINGS_PREDICTION_VISIBLE", SHORTEST, YEAR),
            Rule.address("WAVESPEED_BASE_URL"),
            Rule.duration("DARKROOM_WAVESPEED_RESULT_TIMEOUT", SHORTEST, Duration.ofMinutes(1)),
            Rule.secret(KEY),
            Rule.secrets("WAVESPEED_WEBHOOK_SECRET", "whsec_"),
            Rule.removed(
                    "DARKROOM_UPSTREAM_PATHS",
                    "a model at another path takes other parameters, so no model is led elsewhere any more"));

    private final Function<String, @Nullable String> variables;

    /** {@code variables} gives the value of one, null when it is not set. */
    Environment(Function<String, @Nullable String> variables) {
        this.variables = variables;
    }

    /** What is wrong, a sentence each that names the variable; nothing of a secret is in it. */
    List<String> problems() {
        var wrong = RULES.stream().flatMap(rule -> value(rule.variable()).flatMap(rule::problem).stream());
        return Stream.concat(wrong, missing()).toList();
    }

    private Stream<String> missing() {
        boolean callsTheProvider =
                value(HANDLER).filter(CALL_THE_PROVIDER::contains).isPresent();
        var unset =
                Stream.of(HANDLER, REGION).filter(variable -> value(variable).isEmpty());
        var keyless = Stream.of(KEY)
                .filter(key -> callsTheProvider && value(key).orElse("").isBlank());
        return Stream.concat(unset, keyless).map("%s must be set for this function"::formatted);
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(variables.apply(variable));
    }
}
