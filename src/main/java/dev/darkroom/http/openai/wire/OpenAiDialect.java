package dev.darkroom.http.openai.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import java.util.HashMap;
import java.util.Map;

/** OpenAI's bodies. The writers are static, so that a native image holds them and builds none at a cold start. */
public final class OpenAiDialect implements Dialect {

    public static final OpenAiDialect INSTANCE = new OpenAiDialect();

    private static final String SHOULD_RETRY = "x-should-retry";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectWriter ERROR = MAPPER.writerFor(ErrorBody.class);
    private static final ObjectWriter IMAGES = MAPPER.writerFor(ImagesAnswer.class);
    private static final ObjectWriter TASK = MAPPER.writerFor(TaskView.class);

    private OpenAiDialect() {}

    public static ObjectNode ok(ImagesAnswer answer, Map<String, String> headers) {
        return HttpResponses.ok(write(IMAGES, answer), headers);
    }

    public static ObjectNode ok(TaskView task) {
        return HttpResponses.ok(write(TASK, task), task.headers());
    }

    /** {@code headers} are further ones. */
    public static ObjectNode accepted(TaskView task, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.putAll(task.headers());
        all.put("location", task.pollUrl());
        return HttpResponses.accepted(write(TASK, task), all);
    }

    public static ObjectNode error(ApiError error) {
        return HttpResponses.error(error, INSTANCE);
    }

    @Override
    public String body(ApiError error) {
        return write(ERROR, ErrorBody.of(error));
    }

    /**
     * Some clients repeat a request after 409, 429, any 5xx, and an answer that never came, unless a header decides. So
     * the header says where a repetition can help.
     */
    @Override
    public Map<String, String> headers(ApiError error) {
        var headers = new HashMap<>(error.headers());
        if (error.code() == ErrorCode.STILL_RUNNING) {
            headers.put(SHOULD_RETRY, "true");
            headers.put("retry-after-ms", "1");
        } else if (isFinal(error.code())) {
            headers.put(SHOULD_RETRY, "false");
        }
        return headers;
    }

    private static boolean isFinal(ErrorCode code) {
        return code.httpStatus() < 500 && code.httpStatus() != 429;
    }

    /** The code that clients read in an error. */
    public static String code(ErrorCode code) {
        return ErrorKind.of(code).code();
    }

    static ObjectWriter writerFor(Class<?> body) {
        return MAPPER.writerFor(body);
    }

    static String write(ObjectWriter writer, Object body) {
        try {
            return writer.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a response could not be written as JSON", e);
        }
    }
}
