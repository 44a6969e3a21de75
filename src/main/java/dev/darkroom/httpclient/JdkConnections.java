package dev.darkroom.httpclient;

/**
 * How the JDK keeps the connections of its own HTTP client, which the AWS clients use. A native image has the same settings
 * from its build, because the JDK reads them there.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">Networking properties</a>
 */
public final class JdkConnections {

    private JdkConnections() {}

    /** Has to come before the first call. */
    public static void configure() {
        // The JDK would close an idle connection after 5 s; a function is often idle for longer.
        System.setProperty("http.keepAlive.time.server", "60");
        // It would keep five of a sweep's connections to the table and open all others anew for each call.
        System.setProperty("http.maxConnections", "64");
        // It would read up to 512 KB of an answer that was given up, to keep the connection. Whoever closes the answer
        // again
        // waits for that, whatever its time limit: for minutes, when the rest comes byte by byte.
        System.setProperty("http.KeepAlive.remainingData", "0");
    }
}
