package dev.darkroom.http;

import java.util.regex.Pattern;

/**
 * Which of the provider's clients give up on an answer after 10 s and send the request again: npm {@code wavespeed} and
 * the Go client before version 0.3. Those that name themselves do so in two headers.
 */
public final class ClientPatience {

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(\\D.*)?");

    /** Its versions are numbered like those of the others, but it waits for an answer as long as it takes. */
    private static final String JAVA = "wavespeed-java";

    private ClientPatience() {}

    /** Whether the client says who it is. One that does not may be an old one of the provider's. */
    public static boolean isNamed(ApiGatewayRequest request) {
        return request.header("x-client-name").isPresent();
    }

    /** Whether the client says that it is one that gives up after 10 s. */
    static boolean isShort(ApiGatewayRequest request) {
        return isNamed(request) && !request.headerValues("x-client-name").contains(JAVA) && isBefore03(request);
    }

    /** False without a version, and for one of another form. */
    private static boolean isBefore03(ApiGatewayRequest request) {
        return request.header("x-client-version")
                .map(VERSION::matcher)
                .filter(version -> version.matches()
                        && Integer.parseInt(version.group(1)) == 0
                        && Integer.parseInt(version.group(2)) < 3)
                .isPresent();
    }
}
