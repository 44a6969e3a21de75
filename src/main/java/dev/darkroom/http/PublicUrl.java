package dev.darkroom.http;

import dev.darkroom.core.provider.CallbackUrl;
import java.util.Set;

/** The gateway's address for callers: scheme, host and anything before the API's root, such as a stage. */
public record PublicUrl(String base) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * The configured address, else the host of the request. Behind a proxy, the request has the host of the proxy's
     * origin, so the address has to be configured.
     *
     * @param root with which the paths of the API begin, such as {@code /api/v3/}
     */
    public static PublicUrl of(ApiGatewayRequest request, CallbackUrl configured, String root) {
        return configured.isKnown() ? configured(configured) : of(request, root);
    }

    /** The configured address; without one, results have a path only. */
    public static PublicUrl configured(CallbackUrl configured) {
        return new PublicUrl(configured
                .gateway()
                .map(url -> url.toString().replaceFirst("/+$", ""))
                .orElse(""));
    }

    private static PublicUrl of(ApiGatewayRequest request, String root) {
        var path = request.path();
        var prefix = path.substring(0, Math.max(0, path.indexOf(root)));
        var scheme = request.headerValues("x-forwarded-proto").stream()
                .findFirst()
                .filter(SCHEMES::contains)
                .orElse("https");
        return new PublicUrl(scheme + "://" + request.domainName() + prefix);
    }
}
