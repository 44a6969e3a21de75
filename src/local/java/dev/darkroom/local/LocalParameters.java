package dev.darkroom.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parameters of {@code infra/parameters.yml} for a platform on this machine. {@code infra/check-local.mjs} checks the
 * values before anything is built.
 */
public record LocalParameters(Map<String, String> values) {

    private static final Pattern BEFORE_A_NAME = Pattern.compile("\\s+(?=[^\\s=]+=)");
    private static final Pattern RATE = Pattern.compile("rate\\(([1-9]\\d{0,3}) (minute|hour|day)s?\\)");

    public LocalParameters {
        values = Map.copyOf(values);
    }

    /** Reads {@code name=value …} as {@code infra/parameters.mjs} does: a value may have spaces. */
    public static LocalParameters parse(String text) {
        var values = new HashMap<String, String>();
        BEFORE_A_NAME
                .splitAsStream(text.strip())
                .filter(part -> !part.isEmpty())
                .forEach(parameter -> {
                    int equals = parameter.indexOf('=');
                    if (equals < 0) {
                        throw new IllegalArgumentException("PARAMS must be name=value …, not " + parameter);
                    }
                    values.put(parameter.substring(0, equals), parameter.substring(equals + 1));
                });
        return new LocalParameters(values);
    }

    PlatformOptions applyTo(PlatformOptions options) {
        var changed = options.withParameters(values);
        return tick().map(changed::withTick).orElse(changed);
    }

    /** How often the schedule fires; empty without {@code scheduleRate}. */
    public Optional<Duration> tick() {
        return Optional.ofNullable(values.get("scheduleRate")).map(LocalParameters::duration);
    }

    private static Duration duration(String rate) {
        var parts = RATE.matcher(rate);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "scheduleRate must be rate(…) on this machine, such as rate(2 minutes), not " + rate);
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
