package dev.darkroom.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preference {@code wait} of the header {@code Prefer}: how many seconds the caller waits for the answer. A value
 * that is no whole number is ignored, as every preference that a server does not understand.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240, Prefer Header for HTTP</a>
 */
final class WaitPreference {

    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*(=.*|;.*|)");

    /** More digits than any wait needs would not fit into a number. */
    private static final Pattern SECONDS = Pattern.compile("=\\s*(\"?)(\\d{1,9})\\1\\s*(;.*)?");

    private WaitPreference() {}

    /** Empty without the preference. Only the first one of a request counts. */
    static Optional<Duration> of(ApiGatewayRequest request) {
        return request.headerValues("prefer").stream()
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(preference -> SECONDS.matcher(preference.group(1)))
                .filter(Matcher::matches)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.group(2))));
    }
}
