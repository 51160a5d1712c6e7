using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>The working directory of a stage as far as its steps were gone through.</summary>
internal sealed class WorkingFolder
{
    string? _path;

    public void Pass(BuildStep step)
    {
        if (step is TextStep { Source.Name: "WORKDIR" } workdir)
            _path = Of(workdir.Value.Text.Trim('"', '\''));
    }

    /// <summary>A path from the root of the image, in its shortest form; null where a variable or a base image decides.</summary>
    public string? Of(string path)
    {
        if (path.Contains('$', StringComparison.Ordinal) || path is not ['/', ..] && _path is null)
            return null;
        var names = new List<string>();
        foreach (var name in (path.StartsWith('/') ? path : $"{_path}/{path}").Split('/'))
            if (name == ".." && names.Count > 0)
                names.RemoveAt(names.Count - 1);
            else if (name is not ("" or "." or ".."))
                names.Add(name);
        return "/" + string.Join('/', names);
    }
}
