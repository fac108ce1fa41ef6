# Nothing runs in the cluster before a migration has started the services, and a schema command would fill a database that has to
# be empty for the copy.
set -euo pipefail
workloads=$(kubectl get deployments,statefulsets --namespace "$APP" --selector "slipway/app=$APP" --output json |
  jq --raw-output '.items[] | select(.spec.replicas > 0) | (.kind | ascii_downcase) + "/" + .metadata.name')
schema=${SCHEMA_COMMAND:-}
ours='($repositories | split(" ") | map($registry + "/" + .)) as $ours'
image='(.image | sub("@.*$"; "") | sub(":[^:/]*$"; "")) as $image'
# Container by container, those that run an image of the app, with the new one.
new_images() {
  kubectl get "$1" --namespace "$APP" --output json |
    jq --raw-output --arg registry "$REGISTRY" --arg repositories "$REPOSITORIES" --arg tag "$TAG" "
      $ours"' | (.spec.jobTemplate.spec.template // .spec.template).spec | (.initContainers // []) + .containers | .[] | '"
      $image"' | select($ours | index($image)) | .name + "=" + $image + ":" + $tag'
}
# A pod of the service that has the database, and with it its login; no Service leads to it.
schema_job() {
  kubectl get "$1" --namespace "$APP" --output json |
    jq --arg registry "$REGISTRY" --arg repositories "$REPOSITORIES" --arg tag "$TAG" \
      --arg app "$APP" --arg job "$2" --arg command "$schema" "
      $ours"' | {apiVersion: "batch/v1", kind: "Job",
        metadata: {name: $job, labels: {"app.kubernetes.io/managed-by": "slipway", "slipway/app": $app}},
        spec: {backoffLimit: 0, activeDeadlineSeconds: 1800, ttlSecondsAfterFinished: 86400, template: (.spec.template
          | .metadata = {labels: {"slipway/service": $job}}
          | .spec.restartPolicy = "Never"
          | del(.spec.initContainers, .spec.topologySpreadConstraints)
          | .spec.containers |= [.[0] | del(.args, .ports, .readinessProbe, .livenessProbe, .startupProbe, .lifecycle)
            | .command = ["sh", "-c", $command] | '"$image"'
            | if ($ours | index($image)) then .image = $image + ":" + $tag else . end])}}'
}
change_schema() {
  owner=$(grep "/$SCHEMA_SERVICE\$" <<< "$workloads") || {
    echo "Tried to change the schema but $SCHEMA_SERVICE does not run: start it and push again" >&2
    exit 1
  }
  job="schema-${TAG:0:12}"
  kubectl delete job "$job" --namespace "$APP" --ignore-not-found
  schema_job "$owner" "$job" | kubectl create --namespace "$APP" --filename -
  until ended=$(kubectl get job "$job" --namespace "$APP" \
      --output 'jsonpath={.status.conditions[?(@.status=="True")].type}') && [ -n "$ended" ]; do
    sleep 5
  done
  case "$ended" in
    *Complete*) ;;
    *)
      kubectl logs "job/$job" --namespace "$APP" --tail 20 >&2 || true
      echo "Tried to change the schema but '$schema' failed: nothing was deployed, mend it and push again" >&2
      exit 1
      ;;
  esac
}
roll_out() {
  changed=""
  for workload in $workloads; do
    images=$(new_images "$workload")
    if [ -n "$images" ]; then
      # It says nothing where the images are those already, and there is nothing to undo then.
      said=$(kubectl set image "$workload" $images --namespace "$APP")
      if [ -n "$said" ]; then changed="$changed $workload"; fi
    fi
  done
  for workload in $changed; do
    if ! kubectl rollout status "$workload" --namespace "$APP" --timeout 15m; then
      for undone in $changed; do kubectl rollout undo "$undone" --namespace "$APP"; done
      echo "Tried to deploy $TAG but the pods of $workload are not ready: all services have their images of before" >&2
      exit 1
    fi
  done
  for schedule in $(kubectl get cronjobs --namespace "$APP" --selector "slipway/app=$APP" --output name); do
    images=$(new_images "$schedule")
    if [ -n "$images" ]; then kubectl set image "$schedule" $images --namespace "$APP"; fi
  done
}
if [ -z "$workloads" ]; then
  echo "Nothing runs here yet: a migration starts the services, then a push deploys."
else
  if [ -n "$schema" ]; then change_schema; fi
  roll_out
fi
