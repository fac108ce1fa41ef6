// Records what compose-go, the reader of Docker Compose, makes of the cases of the tests: beside each case NAME.txt a file NAME.json with
// the model, or with the reason for which it refuses it. A case holds files, each below a line "== its path".
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
)

type answer struct {
	Model   json.RawMessage `json:"model,omitempty"`
	Refused string          `json:"refused,omitempty"`
}

func main() {
	must(os.Setenv("HOME", "/home/somebody"))
	cases, err := filepath.Glob(filepath.Join(os.Args[1], "*.txt"))
	must(err)
	for _, file := range cases {
		record(file)
	}
}

func record(file string) {
	folder, err := os.MkdirTemp("", "oracle")
	must(err)
	defer os.RemoveAll(folder)
	app := filepath.Join(folder, "app")
	must(os.Mkdir(app, 0o755))
	text, err := os.ReadFile(file)
	must(err)
	for _, part := range strings.Split("\n"+string(text), "\n== ")[1:] {
		name, content, _ := strings.Cut(part, "\n")
		path := filepath.Join(app, name)
		must(os.MkdirAll(filepath.Dir(path), 0o755))
		must(os.WriteFile(path, []byte(content+"\n"), 0o644))
	}
	text, err = json.MarshalIndent(read(app), "", " ")
	must(err)
	text = bytes.ReplaceAll(text, []byte(app), []byte("/srv/app"))
	text = bytes.ReplaceAll(text, []byte(folder), []byte("/srv"))
	must(os.WriteFile(strings.TrimSuffix(file, ".txt")+".json", append(text, '\n'), 0o644))
}

func read(folder string) answer {
	options, err := cli.NewProjectOptions(nil, cli.WithWorkingDirectory(folder), cli.WithEnvFiles(), cli.WithDotEnv,
		cli.WithConfigFileEnv, cli.WithDefaultConfigPath, cli.WithDefaultProfiles())
	if err != nil {
		return answer{Refused: err.Error()}
	}
	project, err := options.LoadProject(context.Background())
	if err == nil {
		project, err = project.WithServicesEnvironmentResolved(true)
	}
	if err != nil {
		return answer{Refused: err.Error()}
	}
	model, err := project.MarshalJSON()
	if err != nil {
		return answer{Refused: err.Error()}
	}
	return answer{Model: model}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
