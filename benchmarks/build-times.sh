#!/bin/sh
# How much longer a program takes to build with a generated model: the shortest of RUNS builds of a console program, without and with
# each committed model, made in a temporary folder from this tree's generator. Build it first: dotnet build -c Release src/HGQ.Generators
# Usage: benchmarks/build-times.sh [RUNS]
set -eu
runs=${1:-5}
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

project() {
  mkdir -p "$folder/$1"
  printf 'System.Console.WriteLine("ready");\n' > "$folder/$1/Program.cs"
  {
    printf '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>\n'
    printf '  <Import Project="%s/src/HGQ.Generators/build/HGQ.Generators.props" />\n  <ItemGroup>\n' "$root"
    for library in HGQ.Generators HGQ.Model; do
      printf '    <Analyzer Include="%s/src/HGQ.Generators/bin/Release/netstandard2.0/%s.dll" />\n' "$root" "$library"
    done
    [ "$1" = none ] || printf '    <AdditionalFiles Include="%s/benchmarks/HGQ.Benchmarks/Models/%s.hgq.json" HgqNamespace="Models" />\n' "$root" "$1"
    printf '  </ItemGroup>\n</Project>\n'
  } > "$folder/$1/program.csproj"
  (cd "$folder/$1" && dotnet restore -v q)
}

# Milliseconds of one build.
build() {
  begin=$(date +%s%N)
  (cd "$folder/$1" && dotnet build --no-restore --no-incremental -c Release -v q > build.log) || { cat "$folder/$1/build.log" >&2; exit 1; }
  echo $(( ($(date +%s%N) - begin) / 1000000 ))
}

none=
for model in none jets mnist_mlp mnist_trained mnist_cnn; do
  project "$model"
  shortest=
  for run in $(seq "$runs"); do
    time=$(build "$model")
    [ -n "$shortest" ] && [ "$shortest" -le "$time" ] || shortest=$time
  done
  none=${none:-$shortest}
  printf '%-10s %6d ms  %+6d ms\n' "$model" "$shortest" $((shortest - none))
done
