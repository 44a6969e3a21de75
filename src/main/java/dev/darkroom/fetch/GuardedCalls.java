package dev.darkroom.fetch;

import dev.darkroom.httpclient.AddressLookup;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.HostCheck;
import dev.darkroom.httpclient.HttpOutcome;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Calls to addresses that others have named: over https, to hosts whose addresses are all public. The connection is
 * opened to the addresses that were checked. Everything that calls such an address does it through this class.
 */
public final class GuardedCalls {

    static final String NOT_PUBLIC = "the address is not public";

    private final Predicate<InetAddress> encryptedAllowed;
    private final Predicate<InetAddress> plainAllowed;
    private final ByteCalls encrypted;
    private final ByteCalls plain;
    private final boolean isPlainAllowed;
    private final HostCheck check;

    public GuardedCalls(FetchConfig config) {
        this(config, InetAddress::getAllByName);
    }

    /** {@code resolver} is asked at each check, and once for each call. */
    public GuardedCalls(FetchConfig config, AddressLookup resolver) {
        this(
                address -> PublicAddress.isPublic(address) || (config.loopback() && address.isLoopbackAddress()),
                address -> config.loopback() && address.isLoopbackAddress(),
                config.loopback(),
                resolver);
    }

    /**
     * @param encrypted the addresses that may be connected to with TLS
     * @param plain the addresses that may be connected to without TLS, if {@code isPlainAllowed}
     */
    GuardedCalls(Predicate<InetAddress> encrypted, Predicate<InetAddress> plain, boolean isPlainAllowed) {
        this(encrypted, plain, isPlainAllowed, InetAddress::getAllByName);
    }

    GuardedCalls(
            Predicate<InetAddress> encrypted,
            Predicate<InetAddress> plain,
            boolean isPlainAllowed,
            AddressLookup resolver) {
        this.encryptedAllowed = encrypted;
        this.plainAllowed = plain;
        this.encrypted = ByteCalls.withNewConnections(encrypted, resolver);
        this.plain = ByteCalls.withNewConnections(plain, resolver);
        this.isPlainAllowed = isPlainAllowed;
        this.check = new HostCheck(resolver);
    }

    /** Why the address may not be called, without the address; empty when it may. It looks up nothing. */
    public Optional<String> problem(URI address) {
        return SourceAddress.problem(address, isPlainAllowed)
                .or(() -> SourceAddress.literal(address)
                        .filter(allowed(address).negate())
                        .map(_ -> NOT_PUBLIC));
    }

    /**
     * The same, after a look-up of the host. A host that is not found within {@code limit} is no problem: it is looked
     * up and checked with each call.
     */
    public Optional<String> problemAfterLookup(URI address, Duration limit) {
        return problem(address)
                .or(() -> check.hasOther(address.getHost(), allowed(address), limit)
                        ? Optional.of(NOT_PUBLIC)
                        : Optional.empty());
    }

    private Predicate<InetAddress> allowed(URI address) {
        return SourceAddress.isEncrypted(address) ? encryptedAllowed : plainAllowed;
    }

    /** Sends a request; the address must have no {@link #problem}. */
    public HttpOutcome send(ByteRequest request, int largestBody, Duration timeout) {
        return calls(request).send(request, largestBody, timeout);
    }

    /** The same for an answer whose body is not used; {@code read} bytes of it are read at most. */
    public HttpOutcome sendForHead(ByteRequest request, int read, Duration timeout) {
        return calls(request).sendForHead(request, read, timeout);
    }

    private ByteCalls calls(ByteRequest request) {
        return SourceAddress.isEncrypted(request.address()) ? encrypted : plain;
    }
}
