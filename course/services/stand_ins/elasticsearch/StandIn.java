import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.elasticsearch.Build;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AbstractTokenizerFactory;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.AnalyzerScope;
import org.elasticsearch.index.analysis.PreBuiltAnalyzerProvider;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest.Method;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * The two of Elasticsearch's modules that the course needs and Maven Central lacks: the answer to "GET /", and Lucene's
 * analysers, tokenizers and token filters under Elasticsearch's names.
 */
public class StandIn extends Plugin implements ActionPlugin, AnalysisPlugin {
    private static final Map<String, String> GRAMS =
        Map.of("min_gram", "minGramSize", "max_gram", "maxGramSize", "preserve_original", "preserveOriginal");
    private static final Map<String, String> STEMMERS =
        Map.of("english", "porterStem", "light_german", "germanLightStem", "light_french", "frenchLightStem");
    private ClusterService cluster;

    @Override
    public Collection<?> createComponents(PluginServices services) {
        cluster = services.clusterService();
        return List.of();
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
        RestHandlersServices services, Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> supported) {
        List<RestHandler.Route> routes = List.of(new RestHandler.Route(Method.GET, "/"), new RestHandler.Route(Method.HEAD, "/"));
        return List.of(new RestHandler() {
            @Override
            public List<Route> routes() {
                return routes;
            }

            @Override
            public void handleRequest(
                org.elasticsearch.rest.RestRequest request, org.elasticsearch.rest.RestChannel channel,
                org.elasticsearch.client.internal.node.NodeClient client) throws Exception {
                channel.sendResponse(new RestResponse(RestStatus.OK, about(channel.newBuilder())));
            }
        });
    }

    private XContentBuilder about(XContentBuilder to) throws IOException {
        Build build = Build.current();
        Map<String, Object> version = new TreeMap<>(Map.of(
            "number", build.version(), "build_flavor", "default", "build_type", "docker", "build_hash", build.hash(),
            "build_date", build.date(), "build_snapshot", build.isSnapshot(),
            "lucene_version", org.apache.lucene.util.Version.LATEST.toString()));
        return to.map(Map.of(
            "name", cluster.getNodeName(), "cluster_name", cluster.getClusterName().value(),
            "cluster_uuid", cluster.state().metadata().clusterUUID(), "version", version,
            "tagline", "You Know, for Search"));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> found = new HashMap<>();
        found.put("asciifolding", filter("asciiFolding", Map.of("preserve_original", "preserveOriginal"), Map.of()));
        found.put("edge_ngram", filter("edgeNGram", GRAMS, Map.of("minGramSize", "1", "maxGramSize", "2")));
        found.put("ngram", filter("nGram", GRAMS, Map.of("minGramSize", "1", "maxGramSize", "2")));
        found.put("length", filter("length", Map.of("min", "min", "max", "max"), Map.of("min", "0", "max", "2147483647")));
        found.put("snowball", filter("snowballPorter", Map.of("language", "language"), Map.of()));
        for (String[] name : new String[][] {{"trim", "trim"}, {"reverse", "reverseString"}, {"uppercase", "uppercase"},
            {"porter_stem", "porterStem"}, {"german_normalization", "germanNormalization"}})
            found.put(name[0], filter(name[1], Map.of(), Map.of()));
        found.put("stemmer", (index, environment, name, settings) -> {
            String language = settings.get("language", settings.get("name", "english"));
            String capital = language.substring(0, 1).toUpperCase() + language.substring(1);
            String lucene = STEMMERS.getOrDefault(language, "snowballPorter");
            Map<String, String> defaults = lucene.equals("snowballPorter") ? Map.of("language", capital) : Map.of();
            return filter(lucene, Map.of(), defaults).get(index, environment, name, settings);
        });
        found.put("synonym", (index, environment, name, settings) -> synonyms(name, settings));
        found.put("synonym_graph", (index, environment, name, settings) -> synonyms(name, settings));
        return found;
    }

    private static AnalysisProvider<TokenFilterFactory> filter(
        String lucene, Map<String, String> known, Map<String, String> defaults) {
        return (index, environment, name, settings) -> new AbstractTokenFilterFactory(name) {
            @Override
            public TokenStream create(TokenStream stream) {
                Map<String, String> given = translated(settings, known, defaults);
                return org.apache.lucene.analysis.TokenFilterFactory.forName(lucene, given).create(stream);
            }
        };
    }

    private static TokenFilterFactory synonyms(String name, Settings settings) throws IOException {
        try {
            SolrSynonymParser parser = new SolrSynonymParser(true, settings.getAsBoolean("expand", true), new SimpleAnalyzer());
            parser.parse(new StringReader(String.join("\n", settings.getAsList("synonyms"))));
            SynonymMap map = parser.build();
            return new AbstractTokenFilterFactory(name) {
                @Override
                public TokenStream create(TokenStream stream) {
                    return map.fst == null ? stream : new SynonymGraphFilter(stream, map, false);
                }
            };
        } catch (ParseException error) {
            throw new IllegalArgumentException("failed to build synonyms", error);
        }
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        Map<String, AnalysisProvider<TokenizerFactory>> found = new HashMap<>();
        Map<String, String> two = Map.of("minGramSize", "1", "maxGramSize", "2");
        found.put("edge_ngram", tokenizer("edgeNGram", two));
        found.put("ngram", tokenizer("nGram", two));
        for (String name : List.of("whitespace", "letter", "classic")) found.put(name, tokenizer(name, Map.of()));
        return found;
    }

    private static AnalysisProvider<TokenizerFactory> tokenizer(String lucene, Map<String, String> defaults) {
        return (index, environment, name, settings) -> new AbstractTokenizerFactory(name) {
            @Override
            public Tokenizer create() {
                Map<String, String> given = translated(settings, GRAMS, defaults);
                return org.apache.lucene.analysis.TokenizerFactory.forName(lucene, given).create();
            }
        };
    }

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> found = new HashMap<>();
        for (Analyzer each : Arrays.asList(new EnglishAnalyzer(), new GermanAnalyzer(), new FrenchAnalyzer())) {
            String own = each.getClass().getSimpleName().replace("Analyzer", "").toLowerCase();
            found.put(own, (index, environment, name, settings) ->
                new PreBuiltAnalyzerProvider(own, AnalyzerScope.INDICES, each));
        }
        return found;
    }

    /** Names Lucene's settings; one that is not known is refused, so that nothing passes here that would mean more there. */
    private static Map<String, String> translated(Settings settings, Map<String, String> known, Map<String, String> defaults) {
        Map<String, String> given = new HashMap<>(defaults);
        for (String key : settings.keySet()) {
            if (known.containsKey(key)) given.put(known.get(key), settings.get(key));
            else if (!List.of("type", "language", "name", "index.version.created").contains(key))
                throw new IllegalArgumentException("the stand-in does not know the setting [" + key + "]");
        }
        return given;
    }
}
