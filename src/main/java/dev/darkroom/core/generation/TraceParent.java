package dev.darkroom.core.generation;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where a request belongs in its caller's own trace. The gateway makes no span in that trace, so it passes the value on
 * as it came.
 *
 * @param value a valid {@code traceparent} of version 00, 55 characters
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
public record TraceParent(String value) {

    /** The header's name, in lower case. */
    public static final String NAME = "traceparent";

    private static final ScopedValue<TraceParent> CURRENT = ScopedValue.newInstance();

    /** Version, trace, parent and flags; a later version may go on after a hyphen. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", Pattern.DOTALL);

    private static final int LONGEST = 512;
    private static final int SAMPLED = 1;

    public TraceParent {
        if (parse(value).filter(value::equals).isEmpty()) {
            throw new IllegalArgumentException("not a traceparent of version 00");
        }
    }

    /**
     * Empty for a text that is not valid, as the standard says. What is known of a later version is written in version
     * 00, with no flag but that of sampling.
     */
    public static Optional<TraceParent> of(String text) {
        return parse(text).map(TraceParent::new);
    }

    private static Optional<String> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        if (parts.group(1).equals("00")) {
            return parts.group(5) == null ? Optional.of(text) : Optional.empty();
        }
        int flags = HexFormat.fromHexDigits(parts.group(4)) & SAMPLED;
        return Optional.of("00-%s-%s-%02x".formatted(parts.group(2), parts.group(3), flags));
    }

    /** Does the work of a request in its caller's trace, if there is one. */
    public static <T> T within(Optional<TraceParent> trace, Supplier<T> work) {
        return trace.isPresent()
                ? ScopedValue.where(CURRENT, trace.get()).<T, RuntimeException>call(work::get)
                : work.get();
    }

    /** The trace of the request that this thread works for; empty when its caller named none. */
    public static Optional<TraceParent> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
