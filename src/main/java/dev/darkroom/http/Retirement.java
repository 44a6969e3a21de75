package dev.darkroom.http;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of an answer about a model that is or will be retired.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9745">RFC 9745, Deprecation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8594">RFC 8594, Sunset</a>
 */
public final class Retirement {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Retirement() {}

    /** {@code day} is the first day on which the model is not drawn any more; empty when none is known. */
    public static Map<String, String> headers(Optional<LocalDate> day) {
        return day.map(date -> date.atStartOfDay(ZoneOffset.UTC))
                .map(time -> Map.of("deprecation", "@" + time.toEpochSecond(), "sunset", HTTP_DATE.format(time)))
                .orElse(Map.of());
    }
}
