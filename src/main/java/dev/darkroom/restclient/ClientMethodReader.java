package dev.darkroom.restclient;

import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.restclient.ClientMethod.Parameter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.RestClientDefinitionException;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of one method. */
final class ClientMethodReader {

    private static final String OF_JAKARTA = "jakarta.ws.rs.";

    private final Method method;
    private final Map<String, Integer> pathParameters = new HashMap<>();
    private final List<Parameter> queryParameters = new ArrayList<>();
    private final List<Parameter> headerParameters = new ArrayList<>();
    private int body = -1;

    private ClientMethodReader(Method method) {
        this.method = method;
    }

    static ClientMethod read(Class<?> type, Method method) {
        return new ClientMethodReader(method).read(type);
    }

    private ClientMethod read(Class<?> type) {
        if (method.getReturnType() != Response.class || method.isDefault()) {
            throw refused("returns something else than a Response, or is a default method");
        }
        var parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            readParameter(i, parameters[i].getType(), parameters[i].getAnnotations());
        }
        return new ClientMethod(
                httpMethod(),
                PathTemplate.of(path(type), pathParameters),
                mediaTypes(type),
                List.copyOf(queryParameters),
                List.copyOf(headerParameters),
                body);
    }

    private ByteRequest.Method httpMethod() {
        var names = Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .toList();
        if (names.size() != 1) {
            throw refused("has no HTTP method, or several");
        }
        try {
            return ByteRequest.Method.valueOf(names.getFirst());
        } catch (IllegalArgumentException _) {
            throw refused("has a HTTP method that is not supported");
        }
    }

    private void readParameter(int number, Class<?> type, Annotation[] annotations) {
        var ours = Arrays.stream(annotations)
                .filter(annotation -> annotation.annotationType().getName().startsWith(OF_JAKARTA))
                .toList();
        if (ours.size() > 1) {
            throw refused("has a parameter with several annotations");
        }
        switch (ours.isEmpty() ? null : ours.getFirst()) {
            case null -> readBody(number, type);
            case PathParam path -> pathParameters.put(path.value(), number);
            case QueryParam query -> queryParameters.add(new Parameter(query.value(), number));
            case HeaderParam header -> headerParameters.add(new Parameter(header.value(), number));
            default -> throw refused("has a parameter with an annotation that is not supported");
        }
        if (!ours.isEmpty() && type != String.class) {
            throw refused("has a parameter of another type than String");
        }
    }

    private void readBody(int number, Class<?> type) {
        if (type != byte[].class || body >= 0) {
            throw refused("has a body that is not a byte[], or two bodies");
        }
        body = number;
    }

    private String path(Class<?> type) {
        var ofMethod = method.getAnnotation(Path.class);
        var ofType = "/" + withoutSlashes(type.getAnnotation(Path.class).value());
        if (ofMethod == null) {
            return ofType;
        }
        return (ofType.equals("/") ? "" : ofType) + "/" + withoutSlashes(ofMethod.value());
    }

    private static String withoutSlashes(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    /** As MicroProfile says, JSON is what a method sends and accepts if it does not name anything else. */
    private Map<String, String> mediaTypes(Class<?> type) {
        var headers = new HashMap<String, String>();
        var produces = annotation(type, Produces.class);
        headers.put(
                HttpHeaders.ACCEPT, produces == null ? MediaType.APPLICATION_JSON : String.join(",", produces.value()));
        if (body >= 0) {
            var consumes = annotation(type, Consumes.class);
            headers.put(HttpHeaders.CONTENT_TYPE, consumes == null ? MediaType.APPLICATION_JSON : consumes.value()[0]);
        }
        return Map.copyOf(headers);
    }

    private <A extends Annotation> @Nullable A annotation(Class<?> type, Class<A> wanted) {
        var ofMethod = method.getAnnotation(wanted);
        return ofMethod == null ? type.getAnnotation(wanted) : ofMethod;
    }

    private RestClientDefinitionException refused(String what) {
        return new RestClientDefinitionException("%s %s".formatted(method, what));
    }
}
