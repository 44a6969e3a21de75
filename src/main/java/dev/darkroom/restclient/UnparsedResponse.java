package dev.darkroom.restclient;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An answer of which only the status, the headers as text and the body as a stream can be had: whatever a server sends,
 * nothing of it is parsed.
 */
abstract class UnparsedResponse extends Response {

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("read getStringHeaders() and the stream of getEntity()");
    }

    @Override
    public <T> T readEntity(Class<T> type) {
        throw refused();
    }

    @Override
    public <T> T readEntity(GenericType<T> type) {
        throw refused();
    }

    @Override
    public <T> T readEntity(Class<T> type, Annotation[] annotations) {
        throw refused();
    }

    @Override
    public <T> T readEntity(GenericType<T> type, Annotation[] annotations) {
        throw refused();
    }

    @Override
    public boolean bufferEntity() {
        return false;
    }

    @Override
    public MediaType getMediaType() {
        throw refused();
    }

    @Override
    public Locale getLanguage() {
        throw refused();
    }

    @Override
    public Set<String> getAllowedMethods() {
        throw refused();
    }

    @Override
    public Map<String, NewCookie> getCookies() {
        throw refused();
    }

    @Override
    public EntityTag getEntityTag() {
        throw refused();
    }

    @Override
    public Date getDate() {
        throw refused();
    }

    @Override
    public Date getLastModified() {
        throw refused();
    }

    @Override
    public URI getLocation() {
        throw refused();
    }

    @Override
    public Set<Link> getLinks() {
        throw refused();
    }

    @Override
    public boolean hasLink(String relation) {
        throw refused();
    }

    @Override
    public Link getLink(String relation) {
        throw refused();
    }

    @Override
    public Link.Builder getLinkBuilder(String relation) {
        throw refused();
    }

    @Override
    public MultivaluedMap<String, Object> getMetadata() {
        throw refused();
    }
}
