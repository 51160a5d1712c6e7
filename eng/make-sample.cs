#!/usr/bin/env dotnet
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
#:include sample/*.cs
// Writes webapp.tar, an image with the faults that teams really ship, and webapp.faults.{json,md}, what a report of it must say.
using Sample;

if (args is not [var folder])
{
    Console.Error.WriteLine("usage: make-sample FOLDER");
    return 64;
}

Directory.CreateDirectory(folder);
var image = WebApp.Build();
var faults = new Faults(image);
DockerArchive.Write(image, Path.Combine(folder, "webapp.tar"));
File.WriteAllText(Path.Combine(folder, "webapp.faults.json"), faults.Json());
File.WriteAllText(Path.Combine(folder, "webapp.faults.md"), faults.Markdown());
Console.WriteLine($"webapp.tar: {new FileInfo(Path.Combine(folder, "webapp.tar")).Length} bytes, {image.Layers.Count} layers, {faults.Hidden.Sum(h => h.Bytes)} bytes reclaimable");
return 0;
