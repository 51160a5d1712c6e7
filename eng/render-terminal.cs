#!/usr/bin/env dotnet
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
#:include render/*.cs
// Turns what a program printed on a colour terminal into an SVG picture of that terminal, with text that can be selected.
using Render;

if (args is not [var input, var command, var output])
{
    Console.Error.WriteLine("usage: render-terminal TEXT COMMAND SVG");
    return 64;
}

var lines = File.ReadLines(input).Select(Ansi.Runs).ToList();
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
File.WriteAllText(output, Picture.Of(command, lines));
return 0;
