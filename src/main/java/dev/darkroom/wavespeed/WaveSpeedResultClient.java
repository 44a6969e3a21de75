package dev.darkroom.wavespeed;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The free call for a result. */
@Path("/api/v3")
interface WaveSpeedResultClient {

    @GET
    @Path("/predictions/{id}/result")
    @Produces(MediaType.APPLICATION_JSON)
    Response result(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") String id);
}
