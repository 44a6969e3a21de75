package dev.darkroom.settings;

import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of a function and their valid values; a value is explained where it is read. Each
 * provider names its own.
 */
public final class Environment {

    static final String HANDLER = "QUARKUS_LAMBDA_HANDLER";

    private static final String REGION = "AWS_REGION";
    private static final String ALIASES = "DARKROOM_MODELS_ALIASES";
    private static final Duration MIN = Duration.ofMillis(1);

    /** A call with less than a second left is not sent. */
    private static final Duration MIN_CLAIM = Duration.ofSeconds(2);

    private static final Duration YEAR = Duration.ofDays(365);

    /** No provider shows its predictions for longer. */
    public static final Duration LONGEST_HISTORY = Duration.ofDays(7);

    /** Longer than the history: as long as it shows the prediction of a deleted row, another row could adopt it. */
    private static final Duration MIN_RETENTION = LONGEST_HISTORY.plusDays(1);

    /** The provider's history may be this late. */
    private static final Duration MIN_RESUBMIT_AFTER = Duration.ofMinutes(10);

    private static final List<String> CALL_PROVIDERS =
            List.of("submit-generation", "poll-generations", "start-generation");

    static final List<Rule> RULES = List.of(
            Rule.oneOf(
                    HANDLER,
                    "submit-generation",
                    "get-generation",
                    "poll-generations",
                    "start-generation",
                    "receive-webhook",
                    "manage-generations",
                    "get-image"),
            Rule.text(REGION, "[a-z]{2,}(-[a-z0-9]+)+", "the id of a region, such as eu-central-1"),
            Rule.address("DARKROOM_AWS_SECRETS_ENDPOINT").orEmpty(),
            Rule.text(
                    "DARKROOM_TABLE_NAME",
                    "(arn:[^\\s/]+:table/)?[A-Za-z0-9_.-]{3,255}",
                    "the name of a table: 3 to 255 letters, digits, dots, hyphens and underscores"),
            Rule.number("DARKROOM_TABLE_SHARDS", 1, 1_000),
            Rule.duration("DARKROOM_TABLE_RETENTION", MIN_RETENTION, YEAR.multipliedBy(10)),
            function("DARKROOM_SWEEP_FUNCTION"),
            function("DARKROOM_SWEEP_FEW_FUNCTION"),
            Rule.oneOf("DARKROOM_SWEEP_FEW", "true", "false"),
            Rule.text(
                            "DARKROOM_IMAGES_BUCKET",
                            "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
                            "the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens")
                    .orEmpty(),
            Rule.address("DARKROOM_IMAGES_ENDPOINT").orEmpty(),
            Rule.text(
                            "DARKROOM_EVENTS_BUS",
                            "[A-Za-z0-9._-]{1,256}",
                            "the name of an event bus: 1 to 256 letters, digits, dots, hyphens and underscores")
                    .orEmpty(),
            Rule.address("DARKROOM_EVENTS_ENDPOINT").orEmpty(),
            Rule.secret("DARKROOM_RECEIPT_KEY", 32),
            Rule.text("DARKROOM_RECEIPT_KMS_KEY", "[A-Za-z0-9:/_-]{1,256}", "the id or ARN of a KMS key")
                    .orEmpty(),
            Rule.duration("DARKROOM_IMAGES_RETENTION", Duration.ofDays(1), YEAR.multipliedBy(10)),
            Rule.oneOf("DARKROOM_FETCH_LOOPBACK", "true", "false"),
            Rule.duration("DARKROOM_SWEEP_WINDOW", MIN, Duration.ofMinutes(15)),
            Rule.duration("DARKROOM_SWEEP_LEASE", MIN, Duration.ofMinutes(15)),
            Rule.number("DARKROOM_SWEEP_CONCURRENCY", 1, 1_000),
            Rule.oneOf("DARKROOM_AWS_TRACING", "true", "false"),
            Rule.oneOf("DARKROOM_FUNCTION_LOG_LEVEL", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"),
            Rule.text(
                    "DARKROOM_METRICS_STAGE",
                    "[A-Za-z0-9._-]{1,64}",
                    "1 to 64 letters, digits, dots, hyphens and underscores"),
            Rule.address("DARKROOM_GATEWAY_PUBLIC_URL").orEmpty(),
            Rule.address("DARKROOM_GATEWAY_ENDPOINT_URL").orEmpty(),
            Rule.text("DARKROOM_GATEWAY_JWT_OWNER_CLAIM", "[A-Za-z0-9_.:/-]{1,128}", "the name of a claim")
                    .orEmpty(),
            Rule.number("DARKROOM_RATE_LIMIT_MAX_QUEUED_PER_OWNER", 1, 999_999_999),
            Rule.text(
                            "DARKROOM_USAGE_METADATA",
                            "[A-Za-z0-9_.-]{1,64}(,[A-Za-z0-9_.-]{1,64}){0,4}",
                            "one to five names of metadata, with commas between them")
                    .orEmpty(),
            Rule.text(
                    "DARKROOM_BUDGET_MAX_PER_DAY",
                    "\\d{1,9}(\\.\\d{1,6})?",
                    "dollars, with six decimals at most, 0 for no limit"),
            Rule.text(ALIASES, "[^\\s=,]+=[^\\s=,]+(,[^\\s=,]+=[^\\s=,]+)*", "path=model, with commas between several")
                    .orEmpty(),
            Rule.text(
                            "DARKROOM_OPENAI_DEFAULT_MODEL",
                            "[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*",
                            "the path of a model in lower case")
                    .orEmpty(),
            Rule.oneOf("DARKROOM_MODELS_UNKNOWN_PARAMETERS", "refuse", "ignore"),
            Rule.duration("DARKROOM_TIMEOUTS_FIRST_CHECK", MIN, YEAR).orEmpty(),
            Rule.duration("DARKROOM_TIMEOUTS_CLAIM", MIN_CLAIM, YEAR),
            Rule.duration("DARKROOM_TIMEOUTS_QUEUED", MIN, YEAR),
            Rule.duration("DARKROOM_TIMEOUTS_RECONCILIATION", MIN, YEAR),
            Rule.duration("DARKROOM_TIMEOUTS_PROCESSING", MIN, YEAR),
            Rule.duration("DARKROOM_TIMEOUTS_RESUBMIT_AFTER", MIN_RESUBMIT_AFTER, YEAR)
                    .orEmpty(),
            Rule.duration("DARKROOM_TIMEOUTS_PREDICTION_VISIBILITY", MIN, YEAR));

    private final Function<String, @Nullable String> variables;
    private final List<ProviderVariables> providers;

    /**
     * @param variables gives the value of one, null when it is not set
     * @param providers what each wired provider needs
     */
    public Environment(Function<String, @Nullable String> variables, List<ProviderVariables> providers) {
        this.variables = variables;
        this.providers = providers;
    }

    private static Rule function(String variable) {
        return Rule.text(
                        variable,
                        "[A-Za-z0-9:_$-]{1,256}",
                        "the name or the ARN of a function, with its alias if there is one")
                .orEmpty();
    }

    /** What is wrong, a sentence each that names the variable and contains nothing of a secret. */
    public List<String> problems() {
        var rules = Stream.concat(RULES.stream(), providers.stream().flatMap(provider -> provider.rules().stream()));
        var wrong = rules.flatMap(rule -> value(rule.variable()).flatMap(rule::problem).stream());
        var problems = Stream.concat(wrong, missing()).toList();
        return problems.isEmpty() ? aliases() : problems;
    }

    /** Only if everything else is right, because the catalogue takes a moment to read on a JVM. */
    private List<String> aliases() {
        return value(ALIASES).filter(aliases -> !aliases.isEmpty()).stream()
                .flatMap(aliases -> JsonSchemaCatalogue.problems(aliases).stream())
                .map((ALIASES + ": ")::concat)
                .toList();
    }

    private Stream<String> missing() {
        boolean callsProviders = value(HANDLER).filter(CALL_PROVIDERS::contains).isPresent();
        var unset =
                Stream.of(HANDLER, REGION).filter(variable -> value(variable).isEmpty());
        var keyless = providers.stream()
                .filter(_ -> callsProviders)
                .flatMap(provider -> provider.neededForCalls().stream())
                .filter(keys ->
                        keys.stream().allMatch(key -> value(key).orElse("").isBlank()))
                .map(keys -> String.join(" or ", keys));
        return Stream.concat(unset, keyless).map("%s must be set for this function"::formatted);
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(variables.apply(variable));
    }
}
