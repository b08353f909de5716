import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** Starts one node of the real server in this process; settings come from the environment, as in the official image. */
public class Launch {
    static {
        LogConfigurator.configureESLogging();
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings.Builder settings = Settings.builder()
            .put("path.home", home.toString())
            .put("node.name", System.getenv().getOrDefault("HOSTNAME", "node"))
            .put("cluster.name", "docker-cluster")
            .put("discovery.type", "single-node")
            .put("network.host", "0.0.0.0");
        // x-pack is not published, so its settings are not known here
        System.getenv().forEach((name, value) -> {
            if (name.matches("[a-z0-9_]+(\\.[a-z0-9_]+)+") && !name.startsWith("xpack.")) settings.put(name, value);
        });
        Environment environment = new Environment(settings.build(), home.resolve("config"));
        LogConfigurator.configure(environment, true);
        var modules = PluginsLoader.loadModulesBundles(environment.modulesDir(), false);
        Node node = new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
        }));
        node.start();
        new CountDownLatch(1).await();
    }
}
