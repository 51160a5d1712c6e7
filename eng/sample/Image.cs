namespace Sample;

/// <summary>The image: its reference, configuration, layers and one history line per Dockerfile instruction.</summary>
internal sealed class Image(string name, string tag, DateTimeOffset start)
{
    DateTimeOffset clock = start;

    public string Name => name;
    public string Tag => tag;
    public List<Layer> Layers { get; } = [];
    public List<History> History { get; } = [];
    public List<string> Env { get; } = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];
    public List<string> Cmd { get; } = [];
    public string WorkingDir { get; set; } = "/";
    public string Port { get; set; } = "";
    public DateTimeOffset Created => clock;

    /// <summary>An instruction that changes files.</summary>
    public Layer Add(string createdBy, Action<Layer> fill, string comment = "buildkit.dockerfile.v0")
    {
        clock = clock.AddSeconds(7);
        var layer = new Layer(Layers.Count, clock);
        fill(layer);
        Layers.Add(layer);
        History.Add(new(createdBy, clock, layer, comment));
        return layer;
    }

    /// <summary>An instruction that changes only the configuration.</summary>
    public void Set(string createdBy, Action<Image> set)
    {
        set(this);
        History.Add(new(createdBy, clock, null));
    }

    public string CreatedBy(int layer) => History.Single(h => h.Layer?.Index == layer).CreatedBy;
}
