package dev.darkroom.provider.wavespeed;

import io.quarkus.runtime.annotations.RegisterForProxy;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The paid call. It has a client of its own that never reuses a connection: if a socket died while the function was
 * frozen, the outcome of the call would be unknown.
 */
@RegisterForProxy
@Path("/api/v3")
public interface WaveSpeedSubmitClient {

    /** {@code model} is a path, whose slashes stay; {@code input} is JSON in UTF-8. */
    @POST
    @Path("/{model: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Response submit(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("model") String model,
            @QueryParam("webhook") @Nullable String webhook,
            byte[] input);
}
