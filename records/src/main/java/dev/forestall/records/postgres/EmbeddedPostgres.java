package dev.forestall.records.postgres;

import dev.forestall.records.RecordsError;
import dev.forestall.records.database.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that belongs to one directory: started with it, known to be the one of that directory, and stopped with it. It listens on
 * a port of its own on the loopback address only, and lets nobody in without the password that lies in the directory.
 *
 * <p>Everything that is committed is on the disk. A server that outlived a killed process is stopped before a new one is started; one that ends
 * while it is needed is started again on the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final String DATABASE = "forestall";
    private static final String OWNER = "forestall_owner";
    private static final String SUPERUSER = "postgres";

    /** A free port may be taken by somebody else in the moment before the server listens there. */
    private static final int STARTS = 3;

    /** Each attempt takes a moment of its own. */
    private static final int RESTARTS = 20;

    private static final int SECRET_BYTES = 32;

    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

    private final Layout files;
    private final Program program;
    private final Duration patience;
    private final FileChannel lock;
    private int port;
    private volatile boolean isClosed;

    /** What lies where in the directory. */
    private record Layout(Path root) {
        Path data() {
            return root.resolve("data");
        }

        Path secret() {
            return root.resolve("password");
        }

        Path said() {
            return root.resolve("server.log");
        }
    }

    private EmbeddedPostgres(Layout files, Program program, Duration patience, FileChannel lock) {
        this.files = files;
        this.program = program;
        this.patience = patience;
        this.lock = lock;
    }

    /**
     * Starts the server of a directory, and makes one in an empty or missing directory.
     *
     * @param directory for its files; nobody else may read it
     * @param programs where the programs are unpacked; several servers may share it
     * @param patience how long starting and stopping may take, each
     * @throws dev.forestall.loop.host.StorageException when it does not start
     */
    public static EmbeddedPostgres start(Path directory, Path programs, Duration patience) {
        Program program = Program.in(programs);
        FileChannel lock = null;
        try {
            Layout files = new Layout(Files.createDirectories(directory).toRealPath());
            Files.setPosixFilePermissions(files.root(), PosixFilePermissions.fromString("rwx------"));
            lock = lock(files.root());
            EmbeddedPostgres server = new EmbeddedPostgres(files, program, patience, lock);
            server.start();
            return server;
        } catch (IOException failed) {
            release(lock);
            throw RecordsError.FILES_FAILED.because("the database directory " + directory + ": " + failed, failed);
        } catch (RuntimeException failed) {
            release(lock);
            throw failed;
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException byOurselves) {
            // as by anybody else
        }
        channel.close();
        throw RecordsError.SERVER_IN_USE.because(
                "the database directory " + root + " is in use. Stop the other process, or take another directory");
    }

    private static void release(@Nullable FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException ignored) {
            // The lock goes with the process.
        }
    }

    private void start() throws IOException {
        stopOrphan();
        boolean isNew = !Files.exists(files.data());
        if (isNew) {
            make();
        }
        for (int left = STARTS; !tryStart(); left--) {
            if (left == 1) {
                throw RecordsError.SERVER_NOT_STARTED.because("PostgreSQL in " + files.root() + " did not start within "
                        + patience.toSeconds() + " s. What it said is in " + files.said());
            }
        }
        try {
            checkThatItIsOurs();
            makeRoles();
            if (!watch()) {
                startAgain();
            }
        } catch (RuntimeException failed) {
            stop();
            throw failed;
        }
    }

    /** @return whether it runs; it may have ended since it was started, and then nobody would see it end */
    private boolean watch() throws IOException {
        Optional<ProcessHandle> process = Postmaster.in(files.data()).flatMap(Postmaster::process);
        process.ifPresent(running -> running.onExit().thenRun(this::startAgain));
        return process.isPresent();
    }

    /** Somebody or something has ended it. What it had committed is there; what was under way has failed, and is done again by whoever did it. */
    private synchronized void startAgain() {
        if (isClosed) {
            return;
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "PostgreSQL in " + files.root() + " has ended by itself; it is started again");
        try {
            // What is left of the old one may hold on to its memory for a moment.
            for (int left = RESTARTS; left > 0 && !isClosed; left--) {
                if (startOn(port) && watch()) {
                    return;
                }
            }
            LOG.log(
                    System.Logger.Level.ERROR,
                    "PostgreSQL in " + files.root() + " cannot be started again. What it said is in " + files.said());
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "PostgreSQL in " + files.root() + " cannot be started again", failed);
        }
    }

    /** A server that is still there after its process was killed goes on with old settings, on a port that we do not know. */
    private void stopOrphan() throws IOException {
        Optional<Postmaster> running = Postmaster.in(files.data());
        if (running.isPresent() && running.get().isAlive()) {
            stop();
        }
    }

    private void make() throws IOException {
        Path beside = files.root().resolve("data.new");
        Program.delete(beside);
        if (!Files.exists(files.secret())) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            Path unnamed = files.root().resolve("password.new");
            writeSecretly(unnamed, HexFormat.of().formatHex(secret));
            Files.move(unnamed, files.secret(), StandardCopyOption.ATOMIC_MOVE);
        }
        Path password = files.root().resolve("superuser.new");
        writeSecretly(password, passwordOf(SUPERUSER));
        int ended = program.run(
                files.said(),
                patience,
                "initdb",
                "--pgdata=" + beside,
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions");
        Files.delete(password);
        if (ended != 0) {
            throw RecordsError.SERVER_NOT_STARTED.because(
                    "no database could be made in " + files.root() + ". What initdb said is in " + files.said());
        }
        Files.move(beside, files.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeSecretly(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private boolean tryStart() throws IOException {
        port = freePort();
        return startOn(port);
    }

    private boolean startOn(int port) {
        List<String> settings = List.of(
                "-c listen_addresses=127.0.0.1",
                "-c port=" + port,
                "-c unix_socket_directories=",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c max_connections=100",
                "-c shared_buffers=128MB",
                "-c logging_collector=on",
                "-c log_filename=postgresql-%a.log",
                "-c log_truncate_on_rotation=on",
                "-c log_rotation_size=0");
        int ended = program.run(
                files.said(),
                patience.plusSeconds(5),
                "pg_ctl",
                "start",
                "--pgdata=" + files.data(),
                "--log=" + files.said(),
                "--wait",
                "--timeout=" + patience.toSeconds(),
                "--options=" + String.join(" ", settings));
        return ended == 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whoever answers on a port need not be whom one has started. */
    private void checkThatItIsOurs() {
        try (Connection connection = asSuperuser();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW data_directory")) {
            answer.next();
            Path found = Path.of(answer.getString(1)).toRealPath();
            if (!found.equals(files.data())) {
                throw RecordsError.SERVER_IS_ANOTHER.because("on port " + port + " answers the database of " + found
                        + ", but that of " + files.data() + " was started. Start again");
            }
        } catch (SQLException | IOException failed) {
            throw RecordsError.SERVER_IS_ANOTHER.because(
                    "the server on port " + port + " does not know the password of " + files.root()
                            + ", or does not answer: " + failed.getMessage(),
                    failed);
        }
    }

    private void makeRoles() {
        try (Connection connection = asSuperuser();
                Statement statement = connection.createStatement()) {
            makeRole(statement, OWNER);
            makeRole(statement, Access.APPLICATION_ROLE);
            if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        } catch (SQLException failed) {
            throw RecordsError.SERVER_NOT_STARTED.because(
                    "the roles of the database in " + files.root() + " cannot be made: " + failed.getMessage(), failed);
        }
    }

    private void makeRole(Statement statement, String role) throws SQLException {
        if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            statement.execute("CREATE ROLE " + role
                    + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD '" + passwordOf(role) + "'");
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return !found.next();
        }
    }

    /** For the keeper of the server: no row and no table is hidden from them. */
    public Connection asSuperuser() throws SQLException {
        return DriverManager.getConnection(url(SUPERUSER), SUPERUSER, passwordOf(SUPERUSER));
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Each role has a password of its own, made of the one secret of the directory. */
    private String passwordOf(String role) {
        try {
            if (!Files.exists(files.secret())) {
                throw RecordsError.PASSWORD_MISSING.because("the database in " + files.root()
                        + " was made with a password that should lie in " + files.secret()
                        + ". Put the file back from the backup of this directory");
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    HexFormat.of().parseHex(Files.readString(files.secret()).strip()), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            throw RecordsError.FILES_FAILED.because("the password in " + files.secret() + ": " + failed, failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    /** How to reach it. */
    public Access access() {
        return new Access(
                url(DATABASE),
                new Access.Login(OWNER, passwordOf(OWNER)),
                new Access.Login(Access.APPLICATION_ROLE, passwordOf(Access.APPLICATION_ROLE)));
    }

    private void stop() {
        int ended = program.run(
                files.said(),
                patience.plusSeconds(5),
                "pg_ctl",
                "stop",
                "--pgdata=" + files.data(),
                "--mode=fast",
                "--wait",
                "--timeout=" + patience.toSeconds());
        if (ended != 0) {
            throw RecordsError.SERVER_NOT_STARTED.because("PostgreSQL in " + files.root() + " does not stop within "
                    + patience.toSeconds() + " s. What it said is in " + files.said()
                    + " and in " + files.data().resolve("log"));
        }
    }

    /** Stops it: who is connected is disconnected, what was committed is on the disk. */
    @Override
    public void close() {
        isClosed = true;
        stopForGood();
    }

    private synchronized void stopForGood() {
        try {
            if (Postmaster.in(files.data()).isPresent()) {
                stop();
            }
        } catch (IOException failed) {
            throw RecordsError.FILES_FAILED.because("the database directory " + files.root() + ": " + failed, failed);
        } finally {
            release(lock);
        }
    }
}
