package dev.darkroom.provider.wavespeed;

import io.quarkus.runtime.annotations.RegisterForProxy;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The free calls: for a result, for the submissions of the last 7 days and for the bill, which are POSTs that create
 * nothing, and for the balance of the account.
 */
@RegisterForProxy
@Path("/api/v3")
public interface WaveSpeedFreeClient {

    /** Slashes in an id are encoded, so that it is always one segment. */
    @GET
    @Path("/predictions/{id}/result")
    @Produces(MediaType.APPLICATION_JSON)
    Response result(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") String id);

    /** {@code filter} is JSON in UTF-8. */
    @POST
    @Path("/predictions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Response list(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, byte[] filter);

    /** {@code filter} is JSON in UTF-8. */
    @POST
    @Path("/billings/search")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Response bill(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, byte[] filter);

    @GET
    @Path("/balance")
    @Produces(MediaType.APPLICATION_JSON)
    Response balance(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
