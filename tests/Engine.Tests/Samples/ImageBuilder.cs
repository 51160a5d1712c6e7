using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>An image that a test describes in code. Its layers are real tars, read and folded by the engine itself.</summary>
internal sealed class ImageBuilder
{
    readonly List<LayerIndex> _layers = [];
    readonly List<HistoryEntry> _history = [];
    ImageConfig _config = new(new Platform("linux", "amd64", null), null, "", [], [], [], [], [], new Dictionary<string, string>(), "", null, null, [], []);
    IReadOnlyList<string> _references = [];

    /// <summary>A layer on top of those before, made by <paramref name="command"/>.</summary>
    public ImageBuilder Layer(string command, Func<TestLayer, TestLayer> write)
    {
        _layers.Add(write(new TestLayer()).Index());
        _history.Add(new HistoryEntry(command, EmptyLayer: false, null, null));
        return this;
    }

    public ImageBuilder Layer(Func<TestLayer, TestLayer> write) => Layer("COPY . /app # buildkit", write);

    /// <summary>A step of the history that changes the configuration alone.</summary>
    public ImageBuilder Step(string createdBy)
    {
        _history.Add(new HistoryEntry(createdBy, EmptyLayer: true, null, null));
        return this;
    }

    public ImageBuilder User(string user) => With(config => config with { User = user });

    public ImageBuilder Env(string name, string value) => With(config => config with { Env = [.. config.Env, new(name, value)] });

    public ImageBuilder HealthCheck(params string[] test) => With(config => config with { HealthCheck = new HealthCheck(test, null, null, null, null) });

    public ImageBuilder Named(params string[] references)
    {
        _references = references;
        return this;
    }

    public ImageBuilder With(Func<ImageConfig, ImageConfig> change)
    {
        _config = change(_config);
        return this;
    }

    public InspectedImage Build() => InspectedImage.Of(
        new FoundImage(_references, null, Digest.Of([]), _config with { History = [.. _history], DiffIds = [.. _layers.Select(layer => layer.DiffId)] }, [], []),
        _layers, Limits.Default);

    /// <summary>What one check sees in the image.</summary>
    public IReadOnlyList<Evidence> Check<T>() where T : ICheck, new() => [.. new T().Run(Build())];
}
