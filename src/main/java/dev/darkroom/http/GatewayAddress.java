package dev.darkroom.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where callers reach the gateway.
 *
 * @param configured the address that its operator has chosen
 * @param endpoint the address of the API's own endpoint, which works as well; empty where it is not known
 */
public record GatewayAddress(Optional<URI> configured, Optional<URI> endpoint) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * The configured address, else the host of the request. Behind a proxy, the request has the host of the proxy's
     * origin, so the address has to be configured.
     *
     * @param root with which the paths of the API begin, such as {@code /api/v3/}
     */
    public PublicUrl of(ApiGatewayRequest request, String root) {
        var url = configured.map(GatewayAddress::url).orElseGet(() -> hostOf(request, root));
        return request.hasToken() ? url.forToken() : url;
    }

    /** The address for those that made no request, such as workflows; empty when none is known. */
    public PublicUrl withoutRequest() {
        return configured.or(() -> endpoint).map(GatewayAddress::url).orElseGet(() -> new PublicUrl(""));
    }

    private static PublicUrl url(URI address) {
        return new PublicUrl(address.toString().replaceFirst("/+$", ""));
    }

    private static PublicUrl hostOf(ApiGatewayRequest request, String root) {
        var path = request.path();
        var prefix = path.substring(0, Math.max(0, path.indexOf(root)));
        var scheme = request.headerValues("x-forwarded-proto").stream()
                .findFirst()
                .filter(SCHEMES::contains)
                .orElse("https");
        return new PublicUrl(scheme + "://" + request.domainName() + prefix);
    }
}
