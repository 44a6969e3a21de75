package dev.darkroom.provider.easel;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Easel's HTTP API. A job is found only under the template that it was ordered from. */
@Path("/templates/{template: .+}/jobs")
public interface EaselClient {

    /** The paid call. {@code order} is a form in UTF-8. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Response order(@HeaderParam("X-Easel-Token") String token, @PathParam("template") String template, byte[] order);

    /** The free call for a result. */
    @GET
    @Path("/{job}")
    Response job(
            @HeaderParam("X-Easel-Token") String token,
            @PathParam("template") String template,
            @PathParam("job") String job);
}
