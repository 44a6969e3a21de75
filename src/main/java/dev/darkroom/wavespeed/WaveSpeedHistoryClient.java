package dev.darkroom.wavespeed;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The free call for what was submitted in the last 7 days. It is a POST that creates nothing. */
@Path("/api/v3")
interface WaveSpeedHistoryClient {

    @POST
    @Path("/predictions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Response list(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String filter);
}
