using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>
/// The variables at a place, as they are when nothing is given to the build (Dockerfile reference, "ARG", "Environment replacement"): those before
/// the first FROM, or those of a stage as far as it was gone through.
/// </summary>
public sealed class VariableScope
{
    /// <summary>What BuildKit knows of the platforms, here for linux/amd64; a stage has those that it names in an ARG.</summary>
    static readonly Dictionary<string, string> Automatic = new(StringComparer.Ordinal)
    {
        ["TARGETPLATFORM"] = "linux/amd64", ["TARGETOS"] = "linux", ["TARGETARCH"] = "amd64", ["TARGETVARIANT"] = "", ["TARGETSTAGE"] = "default",
        ["BUILDPLATFORM"] = "linux/amd64", ["BUILDOS"] = "linux", ["BUILDARCH"] = "amd64", ["BUILDVARIANT"] = "",
    };

    readonly Dictionary<string, string> _arguments = new(StringComparer.Ordinal), _environment = new(StringComparer.Ordinal), _global;
    readonly Substitution _substitution;

    /// <summary>Before the first FROM, behind all the ARGs there.</summary>
    public VariableScope(IEnumerable<ArgStep> before, char escape)
    {
        _substitution = new Substitution(escape, Value);
        _global = new Dictionary<string, string>(Automatic, StringComparer.Ordinal);
        foreach (var (name, value) in _global)
            _arguments[name] = value;
        foreach (var one in before.SelectMany(step => step.Values))
            if (one.Value is { } value)
                _global[_substitution.Expand(one.Name)] = _arguments[_substitution.Expand(one.Name)] = _substitution.Expand(value);
    }

    VariableScope(VariableScope global, char escape, VariableScope? on)
    {
        _substitution = new Substitution(escape, Value);
        _global = global._global;
        foreach (var (name, value) in on?._arguments ?? [])
            _arguments[name] = value;
        foreach (var (name, value) in on?._environment ?? [])
            _environment[name] = value;
    }

    /// <summary>Variables that were asked for so far and were not set.</summary>
    public IReadOnlySet<string> Unset => _substitution.Unset;

    /// <summary>At the beginning of a stage. Of what the image that it begins from sets nothing is known.</summary>
    public static VariableScope Of(BuildPlan plan, BuildStage stage)
    {
        var global = new VariableScope(plan.Before, plan.File.Escape);
        var below = new Stack<BuildStage>();
        for (var on = stage.Base; on is not null; on = on.Base)
            below.Push(on);
        var scope = new VariableScope(global, plan.File.Escape, null);
        foreach (var step in below.SelectMany(on => on.Steps))
            scope.Pass(step);
        return new(global, plan.File.Escape, scope);
    }

    /// <exception cref="DockerfileSyntaxException">The word cannot be replaced.</exception>
    public string Expand(PlacedText word) => _substitution.Expand(word);

    /// <summary>
    /// Goes through a step: what it sets is set from here on. Where it needs a variable that only the build can give, all stays as it was.
    /// </summary>
    public void Pass(BuildStep step)
    {
        try
        {
            Set(step);
        }
        catch (DockerfileSyntaxException)
        {
            // ${NAME:?} without a value. What no build could read was refused with the plan.
        }
    }

    void Set(BuildStep step)
    {
        switch (step)
        {
            case ArgStep arg:
                foreach (var one in arg.Values)
                    if ((one.Value is { } given ? _substitution.Expand(given)
                        : _global.GetValueOrDefault(_substitution.Expand(one.Name))) is { } value)
                        _arguments[_substitution.Expand(one.Name)] = value;
                break;
            case EnvStep env:
                // All of a step see what was before it.
                foreach (var (name, value) in env.Values.Select(one => (_substitution.Expand(one.Name), _substitution.Expand(one.Value!))).ToList())
                    _environment[name] = value;
                break;
        }
    }

    string? Value(string name) => _environment.GetValueOrDefault(name) ?? _arguments.GetValueOrDefault(name);
}
