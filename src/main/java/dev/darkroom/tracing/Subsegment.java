package dev.darkroom.tracing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One call of a service. It has nothing of the call's header, body, path or query, because they may hold secrets.
 *
 * @param service the name in the trace: a service of AWS, or a host
 * @param isAws whether the service is one of AWS
 * @param operation what was called; empty if it has no name
 * @param details of the call, by the names that X-Ray gives them; empty values are left out
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html">Segment documents</a>
 */
record Subsegment(
        String service,
        boolean isAws,
        String operation,
        Map<Detail, String> details,
        Instant begun,
        Instant ended,
        Result result) {

    /** What is known of some calls. */
    enum Detail {
        METHOD,
        SERVER,
        REGION,
        TABLE,
        REQUEST_ID
    }

    private static final int CLIENT_ERROR = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 500;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();
    private static final Pattern NOT_OF_NAMES = Pattern.compile("[^\\p{L}\\p{N}\\s_.:/%&#=+\\\\@-]");

    Subsegment {
        details = Map.copyOf(details);
    }

    /**
     * How the call ended.
     *
     * @param status of the answer; empty without an answer
     * @param isThrottled whether the service asked to send less
     * @param failure the kind of failure and what is known of it; empty for a call that was answered
     */
    record Result(Optional<Integer> status, boolean isThrottled, Optional<Failure> failure) {

        static Result answered(int status) {
            return new Result(Optional.of(status), status == TOO_MANY_REQUESTS, Optional.empty());
        }

        static Result failed(String kind, String reason) {
            return new Result(Optional.empty(), false, Optional.of(new Failure(kind, reason)));
        }
    }

    /** Why there is no answer. */
    record Failure(String kind, String reason) {}

    /** The document; {@code id} has 16 hexadecimal digits. */
    ObjectNode document(TraceHeader in, String id) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("name", cut(NOT_OF_NAMES.matcher(service).replaceAll("_"), LONGEST_NAME))
                .put("id", id)
                .put("trace_id", in.trace())
                .put("parent_id", in.parent())
                .put("type", "subsegment")
                .put("start_time", seconds(begun))
                .put("end_time", seconds(ended))
                .put("namespace", isAws ? "aws" : "remote");
        addCall(document);
        addResult(document);
        return document;
    }

    private void addCall(ObjectNode document) {
        var http = new HashMap<String, String>();
        http.put("method", detail(Detail.METHOD));
        http.put("url", detail(Detail.SERVER));
        put(document, "http", "request", http);
        var named = new HashMap<String, String>();
        named.put("operation", operation);
        if (isAws) {
            named.put("region", detail(Detail.REGION));
            named.put("table_name", detail(Detail.TABLE));
            named.put("request_id", detail(Detail.REQUEST_ID));
        }
        addAll(document.withObject(isAws ? "/aws" : "/annotations"), named);
    }

    private String detail(Detail detail) {
        return details.getOrDefault(detail, "");
    }

    private static void put(ObjectNode document, String first, String second, Map<String, String> values) {
        if (values.values().stream().anyMatch(value -> !value.isEmpty())) {
            addAll(document.withObject("/" + first + "/" + second), values);
        }
    }

    private static void addAll(ObjectNode to, Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!value.isEmpty()) {
                to.put(name, cut(value, LONGEST_TEXT));
            }
        });
    }

    private void addResult(ObjectNode document) {
        result.status().ifPresent(status -> {
            document.withObject("/http/response").put("status", status);
            if (status >= SERVER_ERROR) {
                document.put("fault", true);
            } else if (status >= CLIENT_ERROR) {
                document.put("error", true);
            }
        });
        if (result.isThrottled()) {
            document.put("throttle", true);
        }
        result.failure().ifPresent(failure -> {
            document.put("fault", true);
            document.withObject("/cause")
                    .putArray("exceptions")
                    .addObject()
                    .put("id", document.path("id").asText())
                    .put("type", cut(failure.kind(), LONGEST_NAME))
                    .put("message", cut(failure.reason(), LONGEST_TEXT))
                    .put("remote", true);
        });
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / SECOND;
    }
}
