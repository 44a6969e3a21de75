package dev.darkroom.http;

import jakarta.inject.Singleton;

/**
 * The function's own URL: a second address of the function that submits, which API Gateway is not in front of. It has
 * that function's paths only.
 */
@Singleton
public class FunctionUrl {

    private final GatewayAddress gateway;

    public FunctionUrl(GatewayAddress gateway) {
        this.gateway = gateway;
    }

    /** The hint for a path that the function does not serve; {@code otherwise} when the request came from the API. */
    public String hint(ApiGatewayRequest request, String otherwise) {
        return request.isOfFunctionUrl()
                ? "this address takes submissions, and reads what became of one; %s has every path"
                        .formatted(gateway.withoutRequest().base())
                : otherwise;
    }
}
