package dev.darkroom.httpclient;

/** A host has an address to which no connection is allowed. */
final class AddressNotAllowedException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
