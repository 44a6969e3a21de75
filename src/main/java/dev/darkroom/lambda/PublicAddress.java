package dev.darkroom.lambda;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.domain.GenerationId;
import java.util.Set;

/** Where callers reach us: scheme, host and whatever stands before {@code /api/v3}, such as a stage. */
record PublicAddress(String base) {

    private static final String API = "/api/v3/";

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** The configured address, or else that of the request: behind a proxy the request knows its origin only. */
    static PublicAddress of(ApiGatewayRequest request, CallbackAddress configured) {
        return configured.isKnown() ? configured(configured) : of(request);
    }

    /** The configured address; without one, results have a path only. */
    static PublicAddress configured(CallbackAddress configured) {
        return new PublicAddress(configured
                .gateway()
                .map(url -> url.toString().replaceFirst("/+$", ""))
                .orElse(""));
    }

    private static PublicAddress of(ApiGatewayRequest request) {
        var path = request.path();
        var prefix = path.substring(0, Math.max(0, path.indexOf(API)));
        var scheme = request.headerValues("x-forwarded-proto").stream()
                .findFirst()
                .filter(SCHEMES::contains)
                .orElse("https");
        return new PublicAddress(scheme + "://" + request.domainName() + prefix);
    }

    String result(GenerationId id) {
        return base + resultPath(id);
    }

    static String resultPath(GenerationId id) {
        return API + "predictions/" + id + "/result";
    }
}
