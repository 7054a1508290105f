package io.linkwright.command;

import io.javalin.config.JavalinConfig;
import io.linkwright.command.api.CommandGateway;
import io.linkwright.command.api.CommandRoutes;
import io.linkwright.command.api.CommandStamps;
import io.linkwright.command.kafka.KafkaEventLog;
import io.linkwright.command.kafka.KafkaSettings;
import io.linkwright.command.log.EventLog;
import io.linkwright.command.ownership.BrokerWatch;
import io.linkwright.command.ownership.ClusterOwners;
import io.linkwright.command.ownership.GroupMembership;
import io.linkwright.command.ownership.MemberAddress;
import io.linkwright.command.ownership.OwnedPartitions;
import io.linkwright.command.writer.PartitionWriter;
import io.linkwright.command.writer.SealedConfiguration;
import io.linkwright.command.writer.WriterLimits;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.command.writer.WriterProtocol;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.http.HttpModule;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import io.linkwright.schemas.LogKey;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * The command service: takes its share of the partitions of {@code linkwright.events}, writes what
 * is commanded, and passes on to their owners the commands of other partitions. Any number of
 * instances may run; the topics must exist.
 */
public final class CommandService implements HttpModule, AutoCloseable {
  /** The consumer group by which partitions are shared out. Nothing is ever committed in it. */
  public static final String CONSUMER_GROUP = "linkwright-command-service";

  /** Shorter than half of what makes the service unready, so that two can fail within it. */
  private static final Duration BROKER_ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;
  private final OwnedPartitions owned;
  private final GroupMembership membership;
  private final CommandGateway gateway;
  private final BrokerWatch brokers;

  private CommandService(
      Admin admin, OwnedPartitions owned, GroupMembership membership, CommandGateway gateway) {
    this.brokers = BrokerWatch.start(() -> askBrokers(admin));
    this.admin = admin;
    this.owned = owned;
    this.membership = membership;
    this.gateway = gateway;
  }

  /**
   * Joins the other instances. Partitions are assigned, claimed and replayed in the background; see
   * {@link #readiness}.
   *
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer or a topic does
   *     not exist
   */
  public static CommandService start(
      CommandServiceConfig config,
      WireFormat wire,
      ControllerKey signingKey,
      MeterRegistry metrics) {
    KafkaSettings settings = new KafkaSettings(config.clientSettings());
    Admin admin = Admin.create(settings.client());
    try {
      EventLog log =
          KafkaEventLog.open(
              settings,
              wire,
              admin,
              signingKey.publicKey().keyId(),
              new LogKey(signingKey.derive(LogKey.PURPOSE)));
      MemberAddress addresses = new MemberAddress(signingKey.derive(MemberAddress.PURPOSE));
      CommandStamps stamps = CommandStamps.system(signingKey);
      OwnedPartitions owned =
          owned(log, config.limits(), signingKey, stamps, new WriterMetrics(metrics));
      registerGauges(owned, metrics);
      CommandGateway gateway =
          new CommandGateway(
              log.partitions(),
              new ClusterOwners(owned, admin, CONSUMER_GROUP, addresses, config.advertisedUrl()),
              stamps,
              config.instanceId(),
              config.requestTimeout(),
              metrics);
      GroupMembership membership =
          GroupMembership.start(
              settings.membership(
                  CONSUMER_GROUP,
                  addresses.clientId(config.instanceId(), config.advertisedUrl()),
                  config.instanceId(),
                  config.sessionTimeout()),
              owned);
      return new CommandService(admin, owned, membership, gateway);
    } catch (RuntimeException failed) {
      admin.close();
      throw failed;
    }
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public void routes(JavalinConfig config) {
    new CommandRoutes(gateway).addTo(config.routes);
  }

  /**
   * Ready when every partition assigned to this instance is claimed and replayed, and a broker
   * answers.
   */
  @Override
  public Readiness readiness() {
    Optional<String> silent = brokers.complaint();
    if (silent.isPresent()) {
      return Readiness.notReady(silent.get());
    }
    if (!owned.isJoined()) {
      return Readiness.notReady(membership.obstacle().orElse("no partitions are assigned yet"));
    }
    int assigned = owned.assigned();
    long owning = owned.owning();
    if (owning == assigned) {
      return Readiness.ready();
    }
    String replayed = "%d of %d partitions are replayed".formatted(owning, assigned);
    return Readiness.notReady(
        owned.obstacle().map(reason -> replayed + ": " + reason).orElse(replayed));
  }

  /** Dead when a thread has ended that only a new process brings back. */
  @Override
  public Liveness liveness() {
    return membership.fatal().or(owned::fatal).map(Liveness::dead).orElseGet(Liveness::alive);
  }

  private static Object askBrokers(Admin admin) throws Exception {
    return admin
        .describeCluster()
        .clusterId()
        .get(BROKER_ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Finishes the transactions in hand and hands the partitions over. */
  @Override
  public void close() {
    brokers.close();
    membership.close();
    gateway.close();
    admin.close();
  }

  private static OwnedPartitions owned(
      EventLog log,
      WriterLimits limits,
      ControllerKey signingKey,
      CommandStamps stamps,
      WriterMetrics metrics) {
    return new OwnedPartitions(
        partition ->
            PartitionWriter.start(
                partition,
                new WriterProtocol(
                    partition,
                    log,
                    new SealedConfiguration(signingKey, new SecretSealer(), metrics),
                    limits,
                    metrics),
                limits,
                stamps.rekeys(metrics)));
  }

  private static void registerGauges(OwnedPartitions owned, MeterRegistry metrics) {
    Gauge.builder("linkwright.command.partitions.owned", owned, OwnedPartitions::owning)
        .description("Partitions claimed and replayed by this instance")
        .register(metrics);
    Gauge.builder("linkwright.writer.damaged.groups", owned, OwnedPartitions::damagedGroups)
        .description("Groups of this instance's partitions that stand still at damage of their log")
        .register(metrics);
    Gauge.builder("linkwright.command.queue.depth", owned, OwnedPartitions::queued)
        .description("Commands waiting to be decided")
        .register(metrics);
  }
}
