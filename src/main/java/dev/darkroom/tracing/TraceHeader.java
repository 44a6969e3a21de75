package dev.darkroom.tracing;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where subsegments of an invocation belong.
 *
 * @param trace the id of the trace
 * @param parent the id of the function's segment
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">
 *     Tracing header</a>
 */
record TraceHeader(String trace, String parent) {

    private static final Pattern PARTS = Pattern.compile(";");
    private static final Pattern TRACE = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");
    private static final Pattern PARENT = Pattern.compile("[0-9a-f]{16}");

    /** Empty for an invocation that X-Ray does not sample, and for a header that is missing or not valid. */
    static Optional<TraceHeader> ofSampled(@Nullable String header) {
        if (header == null || !header.contains("Sampled=1")) {
            return Optional.empty();
        }
        Map<String, String> parts = Arrays.stream(PARTS.split(header))
                .map(String::strip)
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (first, _) -> first));
        var trace = parts.getOrDefault("Root", "");
        var parent = parts.getOrDefault("Parent", "");
        return "1".equals(parts.get("Sampled"))
                        && TRACE.matcher(trace).matches()
                        && PARENT.matcher(parent).matches()
                ? Optional.of(new TraceHeader(trace, parent))
                : Optional.empty();
    }
}
